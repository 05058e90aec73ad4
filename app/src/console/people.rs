//! All accounts, with the actions that the reader may take.

use super::{
    line::Console,
    listing::{self, Listing, Rows},
    sheet::{OpenSheet, Question, act},
    words,
};
use crate::{
    client::use_chat,
    ui::{Problem, handle, keyed_list, text},
};
use common::{
    Millis, PersonId,
    bans::{AddBan, BanTarget},
    limits,
    people::Role,
    roster::{Account, ListRoster, PersonTag, SetActive, SetRole, SignOut},
};
use leptos::{ev, prelude::*, task::spawn_local};

#[component]
pub fn PeopleSection() -> impl IntoView {
    let console = Console::of_page();
    let chat = use_chat();
    let listing = Listing::new(move |after: Option<Account>, query| {
        let page = console.send(ListRoster { after: after.map(|account| account.person.handle), query });
        async move { page.await.map(listing::page) }
    });
    let (me, role) = chat.peek(|state| (state.me, state.person(state.me).map_or(Role::Member, |me| me.role)));
    listing.keep_fresh(listing::EVERY, Rows::Move);
    let key = |account: &Account| {
        let Account { person, role, deactivated, banned, sessions, .. } = account;
        format!("{} {} {role:?} {deactivated} {banned} {}", person.id, person.name, *sessions > 0)
    };
    view! {
        <div class="console-tools">{listing.field("Find by name or handle")}</div>
        {listing.status("There are no people.")}
        <ul class="console-list" aria-label="People">
            {keyed_list(move || listing.listed(), key, move |account| view! { <Row account listing may=May::of(me, role)/> })}
        </ul>
        {listing.turning()}
    }
}

/// Who looks.
#[derive(Clone, Copy)]
struct May {
    me: PersonId,
    role: Role,
}

impl May {
    fn of(me: PersonId, role: Role) -> Self {
        Self { me, role }
    }

    /// Switching off, banning.
    fn act_on(self, account: &Account) -> bool {
        account.person.id != self.me && self.role.is_over(account.role)
    }

    /// Everyone may sign themselves out.
    fn sign_out(self, account: &Account) -> bool {
        account.person.id == self.me || self.act_on(account)
    }

    /// The roles on offer: only owners appoint owners and admins, and step down themselves.
    fn give(self, account: &Account) -> &'static [Role] {
        match (self.role, self.act_on(account)) {
            (Role::Owner, _) => &[Role::Owner, Role::Admin, Role::Member, Role::Guest],
            (Role::Admin, true) => &[Role::Member, Role::Guest],
            _ => &[],
        }
    }
}

#[component]
fn Row(account: Account, listing: Listing<Account>, may: May) -> impl IntoView {
    let person = account.person.clone();
    let standing = match (account.banned, account.deactivated) {
        (true, _) => Some("Banned"),
        (_, true) => Some("Switched off"),
        (false, false) => None,
    };
    let id = person.id;
    let known = listing.one(move |account| account.person.id == id);
    let devices = move || known.with(|account| account.as_ref().map(devices).unwrap_or_default());
    view! {
        <li class="row people-row">
            <span class="row-main">
                <span>{person.name}</span>" "<span class="row-handle">{format!("@{}", person.handle)}</span>
                {standing.map(|words| view! { <span class="badge">{words}</span> })}
            </span>
            <span class="row-fact">{text(devices)}</span>
            <RoleField account=account.clone() listing may/>
            <Acts account listing may/>
        </li>
    }
}

fn devices(account: &Account) -> String {
    match (account.sessions, account.connections) {
        (0, 0) => "Signed out".to_owned(),
        (sessions, connections) => format!(
            "{}, {}",
            words::counted(sessions.into(), "session", "sessions"),
            words::counted(connections.into(), "connection", "connections")
        ),
    }
}

#[component]
fn RoleField(account: Account, listing: Listing<Account>, may: May) -> impl IntoView {
    let sheets = OpenSheet::of_page();
    let roles = may.give(&account);
    if roles.is_empty() {
        return view! { <span class="row-fact">{words::role(account.role)}</span> }.into_any();
    }
    let label = format!("Role of {}", account.person.name);
    let (person, before, is_me) = (account.person.clone(), account.role, account.person.id == may.me);
    let chosen = RwSignal::new(position(roles, before));
    let change = move |event: ev::Event| {
        let role = event_target_value(&event).parse::<usize>().ok().and_then(|place| roles.get(place).copied());
        let Some(role) = role.filter(|role| *role != before) else { return };
        // Until it is done, the role is what it was.
        chosen.set(position(roles, role));
        chosen.set(position(roles, before));
        let question = Question {
            title: format!("Make {} {}?", if is_me { "yourself" } else { &person.name }, in_words(role)),
            words: match role {
                _ if is_me => "You step down. Only another owner or admin can undo it.",
                Role::Guest => "They keep their rooms, and see no others.",
                _ => "The new role applies at once, on all of their devices.",
            },
            button: "Change the role",
        };
        sheets.ask(question, SetRole { person: person.id, role }, move || listing.refresh());
    };
    let option = |(place, role): (usize, &Role)| view! { <option value=place.to_string() selected=*role == before>{words::role(*role)}</option> };
    view! {
        <select class="select" aria-label=label prop:value=text(move || chosen.get()) on:change=handle(change)>
            {roles.iter().enumerate().map(option).collect_view()}
        </select>
    }
    .into_any()
}

fn position(roles: &[Role], role: Role) -> String {
    roles.iter().position(|one| *one == role).unwrap_or(0).to_string()
}

fn in_words(role: Role) -> &'static str {
    match role {
        Role::Owner => "an owner",
        Role::Admin => "an admin",
        Role::Member => "a member",
        Role::Guest => "a guest",
    }
}

#[component]
fn Acts(account: Account, listing: Listing<Account>, may: May) -> impl IntoView {
    let console = Console::of_page();
    let sheets = OpenSheet::of_page();
    let (may_act, may_sign_out) = (may.act_on(&account), may.sign_out(&account) && account.sessions > 0);
    let (person, is_off, is_banned) = (account.person, account.deactivated, account.banned);
    let id = person.id;
    let name = StoredValue::new(person.name.clone());
    let sign_out = move |_| {
        let question = Question {
            title: format!("Sign {} out everywhere?", name.get_value()),
            words: "All of their sessions end now, on all devices. They can sign in again.",
            button: "Sign out everywhere",
        };
        sheets.ask(question, SignOut { person: id }, move || listing.refresh());
    };
    let switch = move |_| {
        if is_off {
            return act(console, SetActive { person: id, active: true }, listing);
        }
        let question = Question {
            title: format!("Switch {}’s account off?", name.get_value()),
            words: "They are signed out everywhere and cannot sign in. What they wrote stays. It can be switched on again.",
            button: "Switch off",
        };
        sheets.ask(question, SetActive { person: id, active: false }, move || listing.refresh());
    };
    let ban = move |_| {
        let person = person.clone();
        sheets.open(format!("Ban {}?", person.name), move || {
            view! { <BanForm of=Some(person.clone()) done=move || listing.refresh()/> }.into_any()
        });
    };
    view! {
        <span class="row-acts">
            {may_sign_out.then(|| view! { <button class="button small" type="button" on:click=handle(sign_out)>"Sign out everywhere"</button> })}
            {may_act.then(|| view! { <button class="button small" type="button" on:click=handle(switch)>{if is_off { "Switch on" } else { "Switch off" }}</button> })}
            {(may_act && !is_banned).then(|| view! { <button class="button small" type="button" on:click=handle(ban)>"Ban"</button> })}
        </span>
    }
}

/// How long bans hold.
const TERMS: [(&str, Option<Millis>); 5] = [
    ("Until it is lifted", None),
    ("An hour", Some(HOUR)),
    ("A day", Some(24 * HOUR)),
    ("A week", Some(7 * 24 * HOUR)),
    ("30 days", Some(30 * 24 * HOUR)),
];

const HOUR: Millis = 60 * 60 * 1000;

/// Bans a person, or an address that is typed in.
#[component]
pub fn BanForm(of: Option<PersonTag>, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let console = Console::of_page();
    let chat = use_chat();
    let sheets = OpenSheet::of_page();
    let (address, reason, term) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new("0".to_owned()));
    let problem = RwSignal::new(None::<String>);
    let is_of_address = of.is_none();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let target = match &of {
            Some(person) => BanTarget::Person(person.id),
            None => BanTarget::Address(address.get_untracked()),
        };
        let lasts = term.get_untracked().parse::<usize>().ok().and_then(|place| TERMS.get(place)?.1);
        let until = lasts.map(|lasts| chat.server_now() + lasts);
        let reply = console.send(AddBan { target, reason: reason.get_untracked(), until });
        spawn_local(async move {
            match reply.await {
                Ok(_) => {
                    sheets.close();
                    done();
                }
                Err(failure) => drop(problem.try_set(Some(failure.sentence()))),
            }
        });
    };
    view! {
        <form class="dialog-form" on:submit=handle(submit)>
            <p>{if is_of_address {
                "New connections from this address are refused, and open ones are closed."
            } else {
                "They are signed out everywhere and cannot sign in."
            }}</p>
            {is_of_address.then(|| view! {
                <label class="field">
                    <span class="field-label">"Address or range"</span>
                    <input name="address" required=true autocomplete="off" placeholder="203.0.113.0/24" bind:value=address/>
                </label>
            })}
            <label class="field">
                <span class="field-label">"Reason"</span>
                <input name="reason" required=true autocomplete="off" maxlength=limits::REASON_CHARS.to_string() bind:value=reason/>
            </label>
            <label class="field">
                <span class="field-label">"Duration"</span>
                <select class="select" name="term" bind:value=term>
                    {TERMS.iter().enumerate().map(|(place, (words, _))| view! { <option value=place.to_string()>{*words}</option> }).collect_view()}
                </select>
            </label>
            <Problem sentence=problem/>
            <button class="button primary danger" type="submit">"Ban"</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(role: Role) -> Account {
        let person = PersonTag { id: PersonId::new(), handle: "grace".into(), name: "Grace".into() };
        Account { person, role, since: 0, deactivated: false, banned: false, sessions: 1, connections: 0 }
    }

    #[test]
    fn admins_are_offered_what_they_may_do_only() {
        let admin = May::of(PersonId::new(), Role::Admin);
        assert_eq!(admin.give(&account(Role::Member)), [Role::Member, Role::Guest]);
        for equal in [Role::Admin, Role::Owner] {
            assert!(admin.give(&account(equal)).is_empty() && !admin.act_on(&account(equal)));
        }
        let themselves = Account { role: Role::Admin, ..account(Role::Admin) };
        let may = May::of(themselves.person.id, Role::Admin);
        assert!(may.sign_out(&themselves) && !may.act_on(&themselves) && may.give(&themselves).is_empty());
    }

    #[test]
    fn owners_make_owners_and_step_down() {
        let ada = account(Role::Owner);
        let may = May::of(ada.person.id, Role::Owner);
        assert_eq!(may.give(&ada).len(), 4);
        assert!(!may.act_on(&ada), "but do not switch themselves off");
        assert!(may.act_on(&account(Role::Owner)));
    }
}
