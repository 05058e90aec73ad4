//! Files that the user picks, pastes or drops, and their upload. By XMLHttpRequest: with
//! `fetch`, a browser does not tell how much has gone out.

use super::browser::read;
use crate::failure::{Failure, Unreachable};
use common::{Refusal, files::Attachment};
use leptos::ev;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{FileList, HtmlInputElement, ProgressEvent, XmlHttpRequest};

/// A file of this device.
#[derive(Clone)]
pub struct PickedFile(SendWrapper<web_sys::File>);

impl PickedFile {
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Bytes.
    pub fn size(&self) -> u64 {
        self.0.size() as u64
    }
}

fn listed(files: Option<FileList>) -> Vec<PickedFile> {
    let files = files.into_iter().flat_map(|files| (0..files.length()).filter_map(move |at| files.get(at)));
    files.map(|file| PickedFile(SendWrapper::new(file))).collect()
}

/// Those chosen in an input, which can take the same ones again then.
pub fn picked_files(input: &HtmlInputElement) -> Vec<PickedFile> {
    let files = listed(input.files());
    input.set_value("");
    files
}

/// The files in the clipboard, unless it has text too: then the user means the text.
pub fn pasted_files(event: &ev::ClipboardEvent) -> Vec<PickedFile> {
    let Some(data) = event.clipboard_data() else { return Vec::new() };
    let has_text = data.get_data("text/plain").is_ok_and(|text| !text.is_empty());
    if has_text { Vec::new() } else { listed(data.files()) }
}

/// Whether files, rather than text or a link, are being dragged.
pub fn carries_files(event: &ev::DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().iter().any(|kind| kind == "Files"))
}

pub fn dropped_files(event: &ev::DragEvent) -> Vec<PickedFile> {
    listed(event.data_transfer().and_then(|data| data.files()))
}

/// An upload on its way; dropped, it stops.
pub struct Sending {
    request: SendWrapper<XmlHttpRequest>,
    _on_progress: SendWrapper<Closure<dyn FnMut(ProgressEvent)>>,
    _on_end: SendWrapper<Closure<dyn FnMut()>>,
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.request.set_onloadend(None);
        if let Ok(upload) = self.request.upload() {
            upload.set_onprogress(None);
        }
        // Aborting a finished request does nothing.
        self.request.abort().ok();
    }
}

/// Sends a file. Calls back with the hundredths that have gone out, and once with what became of it.
pub fn send_file(
    file: &PickedFile,
    mut progress: impl FnMut(u8) + 'static,
    done: impl FnOnce(Result<Attachment, Failure>) + 'static,
) -> Sending {
    let request = match XmlHttpRequest::new() {
        Ok(request) => request,
        Err(_) => unreachable!("every browser has XMLHttpRequest"),
    };
    let on_progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            progress((event.loaded() * 100.0 / event.total()) as u8);
        }
    });
    let (mut done, answered) = (Some(done), request.clone());
    let on_end = Closure::<dyn FnMut()>::new(move || {
        if let Some(done) = done.take() {
            done(outcome(&answered));
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    }
    request.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
    let name = String::from(js_sys::encode_uri_component(&file.name()));
    let sent = request
        .open("POST", &format!("/files?name={name}"))
        .and_then(|()| request.set_request_header("content-type", "application/octet-stream"))
        .and_then(|()| request.send_with_opt_blob(Some(&file.0)));
    if sent.is_err() {
        leptos::logging::warn!("an upload could not be started");
    }
    Sending {
        request: SendWrapper::new(request),
        _on_progress: SendWrapper::new(on_progress),
        _on_end: SendWrapper::new(on_end),
    }
}

fn outcome(request: &XmlHttpRequest) -> Result<Attachment, Failure> {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    let away = || Failure::Unreachable(Unreachable::Away);
    match request.status() {
        Ok(201) => read(&text).ok_or_else(away),
        _ => Err(read::<Refusal>(&text).map_or_else(away, Failure::Refused)),
    }
}
