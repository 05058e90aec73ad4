//! The contents of the database, read past the server.

use super::{Person, Workspace};
use common::{BanId, Millis, PersonId, RoomId};
use sqlx::{ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};

impl Workspace {
    /// Every row of every table, to detect any change.
    pub async fn stored(&self) -> Vec<String> {
        let mut database = self.database(true).await;
        let mut rows = Vec::new();
        for table in tables(&mut database).await {
            let values = format!("SELECT {} FROM {table}", quoted_columns(&mut database, &table).await);
            let stored: Vec<String> =
                sqlx::query_scalar(sqlx::AssertSqlSafe(values)).fetch_all(&mut database).await.unwrap();
            rows.extend(stored.into_iter().map(|values| format!("{table}: {values}")));
        }
        rows
    }

    pub async fn count(&self, table: &'static str) -> i64 {
        let count = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        sqlx::query_scalar(count).fetch_one(&mut self.database(true).await).await.unwrap()
    }

    /// Changes when the person's sessions end.
    pub async fn sessions_end(&self, person: &Person, at: Millis) {
        let query = sqlx::query("UPDATE sessions SET expires_at = $2 WHERE person_id = $1").bind(person.id.0).bind(at);
        let changed = query.execute(&mut self.database(false).await).await.unwrap();
        assert_ne!(changed.rows_affected(), 0, "{} has a session", person.name);
    }

    /// Bans a person for good, without telling the server.
    pub async fn bans_behind_the_back(&self, person: &Person) {
        let query = "INSERT INTO bans (id, person_id, reason, by_id, at) VALUES ($1, $2, 'Spam', $2, 0)";
        let query = sqlx::query(query).bind(BanId::new().0).bind(person.id.0);
        query.execute(&mut self.database(false).await).await.unwrap();
    }

    /// Disables an account, without telling the server.
    pub async fn switches_off_behind_the_back(&self, person: &Person) {
        let query = sqlx::query("UPDATE people SET deactivated_at = 0 WHERE id = $1").bind(person.id.0);
        query.execute(&mut self.database(false).await).await.unwrap();
    }

    /// Adds this number of extras to a room, without telling the server.
    pub async fn fills(&self, room: RoomId, count: u32) {
        let mut database = self.database(false).await;
        for number in 0..count {
            let person = PersonId::new();
            let query = "INSERT INTO people (id, handle, name, hue, role, password_hash, created_at)
                         VALUES ($1, $2, $2, 0, 'member', '', 0)";
            let handle = format!("extra{number}");
            sqlx::query(query).bind(person.0).bind(handle).execute(&mut database).await.unwrap();
            let query = "INSERT INTO memberships (room_id, person_id, read_seq, joined_at) VALUES ($1, $2, 0, 0)";
            sqlx::query(query).bind(room.0).bind(person.0).execute(&mut database).await.unwrap();
        }
    }

    /// Changes rows without telling the server; the statement takes one number.
    pub async fn changes(&self, statement: &'static str, number: i64) {
        self.tries_to_change(statement, number).await.expect("the database lets us");
    }

    /// The same, for a change that the database may reject.
    pub async fn tries_to_change(&self, statement: &'static str, number: i64) -> Result<(), String> {
        let query = sqlx::query(statement).bind(number).execute(&mut self.database(false).await).await;
        query.map(drop).map_err(|error| error.to_string())
    }

    pub async fn database(&self, read_only: bool) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(self.database_file()).read_only(read_only);
        options.connect().await.unwrap()
    }
}

async fn tables(database: &mut SqliteConnection) -> Vec<String> {
    sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '_sqlx*' ORDER BY name")
        .fetch_all(database)
        .await
        .unwrap()
}

async fn quoted_columns(database: &mut SqliteConnection, table: &str) -> String {
    let columns = sqlx::query_scalar("SELECT name FROM pragma_table_info($1)").bind(table);
    let columns: Vec<String> = columns.fetch_all(database).await.unwrap();
    columns.iter().map(|column| format!("quote({column})")).collect::<Vec<_>>().join(" || ' ' || ")
}
