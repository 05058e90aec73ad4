//! The dialog that is open, if one is: native `<dialog>`, one at a time.

use crate::{
    client::{DialogKind, OpenDialog},
    files::Viewer,
    messages::{DeleteForm, GoToDate, MessageDetails, ReportForm},
    notifications::RoomNotifications,
    people::PersonCard,
    rooms::{CreateRoomForm, InviteForm, RoomSettings, StartDirectForm},
    search::{Jump, Shortcuts},
    ui::Modal,
};
use leptos::prelude::*;

#[component]
pub fn Dialog(kind: DialogKind) -> impl IntoView {
    let dialogs = OpenDialog::of_page();
    let is_wide = matches!(kind, DialogKind::Picture(..));
    let closed = Callback::new(move |()| dialogs.close());
    view! {
        <Modal title=kind.title() is_wide closed>
            {match kind {
                DialogKind::Create => view! { <CreateRoomForm/> }.into_any(),
                DialogKind::Direct => view! { <StartDirectForm/> }.into_any(),
                DialogKind::Invite(room) => view! { <InviteForm room/> }.into_any(),
                DialogKind::Person(id) => view! { <PersonCard id/> }.into_any(),
                DialogKind::Settings(room) => view! { <RoomSettings room/> }.into_any(),
                DialogKind::Notifications(room) => view! { <RoomNotifications room/> }.into_any(),
                DialogKind::Message(id) => view! { <MessageDetails id/> }.into_any(),
                DialogKind::Picture(message, file) => view! { <Viewer message file/> }.into_any(),
                DialogKind::Delete(room, id) => view! { <DeleteForm room id/> }.into_any(),
                DialogKind::Report(room, id) => view! { <ReportForm room id/> }.into_any(),
                DialogKind::Date(day) => view! { <GoToDate day/> }.into_any(),
                DialogKind::Jump => view! { <Jump/> }.into_any(),
                DialogKind::Shortcuts => view! { <Shortcuts/> }.into_any(),
            }}
        </Modal>
    }
}
