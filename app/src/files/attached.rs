//! The files of a message. Their places are known before they are loaded, so rows do not jump.

use crate::{
    client::{DialogKind, OpenDialog},
    ui::{Icon, handle, regular},
};
use common::{
    MessageId,
    files::{Attachment, FileKind, size_in_words},
};
use leptos::{ev, prelude::*};

/// A picture in the conversation is no larger than this, in CSS pixels.
const SHOWN: (u32, u32) = (400, 300);

#[component]
pub fn Attached(message: MessageId, attachments: Vec<Attachment>) -> impl IntoView {
    let files = attachments.into_iter().map(|file| match file.kind {
        FileKind::Image => picture(message, file),
        FileKind::Video => video(file),
        FileKind::Audio => audio(file),
        FileKind::Other => download(file),
    });
    view! { <div class="attachments">{files.collect_view()}</div> }
}

/// A click shows it in its full size; without a script the link does.
fn picture(message: MessageId, file: Attachment) -> AnyView {
    let dialogs = OpenDialog::of_page();
    let id = file.id;
    let (width, height) = shown_size(&file);
    let open = move |event: ev::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            dialogs.open(DialogKind::Picture(message, id));
        }
    };
    view! {
        <a class="picture" href=file.path() rel="external" title=file.name.clone() on:click=handle(open)>
            <img src=file.thumbnail_path() width=width.to_string() height=height.to_string() alt=file.name.clone() loading="lazy" decoding="async"/>
        </a>
    }
    .into_any()
}

fn shown_size(file: &Attachment) -> (u32, u32) {
    let (width, height) = file.thumbnail_size().unwrap_or(SHOWN);
    let (width, height) = (width.max(1), height.max(1));
    if width <= SHOWN.0 && height <= SHOWN.1 {
        (width, height)
    } else if width * SHOWN.1 >= height * SHOWN.0 {
        (SHOWN.0, (height * SHOWN.0 / width).max(1))
    } else {
        ((width * SHOWN.1 / height).max(1), SHOWN.1)
    }
}

fn video(file: Attachment) -> AnyView {
    view! {
        <figure class="playable">
            <video src=file.path() controls preload="metadata" width="400" height="225" aria-label=file.name.clone()></video>
            <figcaption>{caption(&file)}</figcaption>
        </figure>
    }
    .into_any()
}

fn audio(file: Attachment) -> AnyView {
    view! {
        <figure class="playable">
            <audio src=file.path() controls preload="metadata" aria-label=file.name.clone()></audio>
            <figcaption>{caption(&file)}</figcaption>
        </figure>
    }
    .into_any()
}

/// The name, which downloads.
fn caption(file: &Attachment) -> AnyView {
    let (name, size) = (file.name.clone(), size_in_words(file.size));
    view! {
        <a href=file.download_path() download=name.clone() rel="external">{name.clone()}</a>" "<span class="file-size">{size}</span>
    }
    .into_any()
}

fn download(file: Attachment) -> AnyView {
    let size = size_in_words(file.size);
    view! {
        <a class="file" href=file.download_path() download=file.name.clone() rel="external" title="Download">
            <Icon paths=regular(phosphor_leptos::FILE_ARROW_DOWN)/>
            <span class="file-name">{file.name.clone()}</span>
            <span class="file-size">{size}</span>
        </a>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::FileId;

    fn shown(width: u32, height: u32) -> (u32, u32) {
        let (name, media_type) = (String::new(), String::new());
        let (width, height) = (Some(width), Some(height));
        shown_size(&Attachment { id: FileId::new(), name, kind: FileKind::Image, media_type, size: 1, width, height })
    }

    #[test]
    fn a_picture_has_its_place_in_its_proportions_before_it_is_loaded() {
        assert_eq!(shown(4000, 3000), (400, 300));
        assert_eq!(shown(3000, 4000), (225, 300));
        assert_eq!(shown(16, 16), (16, 16));
        assert_eq!(shown(40_000, 1), (400, 1));
        assert_eq!(shown(0, 0), (1, 1));
    }
}
