//! The console's dialog: a question before something is done that is not undone easily, or a form.

use super::{line::Console, listing::Listing};
use crate::{
    failure::Failure,
    ui::{Modal, Problem, handle, reactive_view},
};
use common::Command;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// What a dialog is about, and what is in it.
#[derive(Clone)]
struct Sheet {
    title: String,
    body: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

/// The open dialog, if any.
#[derive(Clone, Copy)]
pub struct OpenSheet(RwSignal<Option<Sheet>>);

impl OpenSheet {
    pub fn provide() -> Self {
        let sheet = Self(RwSignal::new(None));
        provide_context(sheet);
        sheet
    }

    pub fn of_page() -> Self {
        expect_context()
    }

    pub fn open(self, title: impl Into<String>, body: impl Fn() -> AnyView + Send + Sync + 'static) {
        self.0.set(Some(Sheet { title: title.into(), body: Arc::new(body) }));
    }

    pub fn close(self) {
        self.0.try_set(None);
    }

    /// Asks before a command is sent. `done` is called when it was carried out.
    pub fn ask<C>(self, question: Question, command: C, done: impl Fn() + Copy + Send + Sync + 'static)
    where
        C: Command<Reply = ()> + Clone + Sync,
    {
        let Question { title, words, button } = question;
        self.open(title, move || {
            let command = command.clone();
            view! { <Confirm words button command done/> }.into_any()
        });
    }

    pub fn view(self) -> AnyView {
        reactive_view(move || self.0.get().map(|sheet| view! { <Shown sheet/> })).into_any()
    }
}

/// What is asked before something is done.
pub struct Question {
    pub title: String,
    /// What will happen.
    pub words: &'static str,
    /// The word for doing it.
    pub button: &'static str,
}

#[component]
fn Shown(sheet: Sheet) -> impl IntoView {
    let sheets = OpenSheet::of_page();
    let closed = Callback::new(move |()| sheets.close());
    view! { <Modal title=sheet.title closed>{(sheet.body)()}</Modal> }
}

#[component]
fn Confirm<C>(
    words: &'static str,
    button: &'static str,
    command: C,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    C: Command<Reply = ()> + Clone + Sync,
{
    let console = Console::of_page();
    let sheets = OpenSheet::of_page();
    let problem = RwSignal::new(None::<String>);
    let act = move |_| {
        let reply = console.send(command.clone());
        spawn_local(async move {
            match reply.await {
                Ok(()) => {
                    sheets.close();
                    done();
                }
                Err(failure) => drop(problem.try_set(Some(failure.sentence()))),
            }
        });
    };
    view! {
        <div class="dialog-form">
            <p>{words}</p>
            <Problem sentence=problem/>
            <button class="button primary danger" type="button" on:click=handle(act)>{button}</button>
        </div>
    }
}

/// Sends a command at once, and says why if it was refused. A change that succeeds reloads the list.
pub fn act<C, T>(console: Console, command: C, listing: Listing<T>)
where
    C: Command,
    T: Clone + Send + Sync + 'static,
{
    let reply = console.send(command);
    spawn_local(async move {
        let failure: Option<Failure> = reply.await.err();
        match failure {
            None => {
                listing.problem.try_set(None);
                listing.refresh();
            }
            Some(failure) => drop(listing.problem.try_set(Some(failure.sentence()))),
        }
    });
}
