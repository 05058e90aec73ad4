//! Name tags of people for the admin console.

use crate::{db::Db, error::Error};
use common::{Code, PersonId, roster::PersonTag};
use sqlx::{QueryBuilder, Sqlite};
use std::collections::HashMap;
use uuid::Uuid;

/// Name tags by person id.
#[derive(Default)]
pub struct Tags(HashMap<PersonId, PersonTag>);

impl Tags {
    /// Returns a person's tag. Every person has an account.
    pub fn of(&self, id: PersonId) -> PersonTag {
        self.get(id).unwrap_or_else(|| PersonTag { id, handle: String::new(), name: "Someone".into() })
    }

    pub fn get(&self, id: PersonId) -> Option<PersonTag> {
        self.0.get(&id).cloned()
    }
}

/// Returns the tags of people.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn tags(db: &Db, people: impl IntoIterator<Item = PersonId>) -> Result<Tags, Error> {
    let mut ids: Vec<PersonId> = people.into_iter().collect();
    ids.sort();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Tags::default());
    }
    let mut query = QueryBuilder::<Sqlite>::new("SELECT id, handle, name FROM people WHERE id IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id.0);
    }
    list.push_unseparated(")");
    let rows: Vec<(Uuid, String, String)> = query.build_query_as().fetch_all(&db.read).await?;
    let tags = rows.into_iter().map(|(id, handle, name)| (PersonId(id), PersonTag { id: PersonId(id), handle, name }));
    Ok(Tags(tags.collect()))
}

/// Returns a person's tag.
///
/// # Errors
/// [`Code::UnknownPerson`]
pub async fn tag(db: &Db, person: PersonId) -> Result<PersonTag, Error> {
    Ok(tags(db, [person]).await?.get(person).ok_or(Code::UnknownPerson)?)
}
