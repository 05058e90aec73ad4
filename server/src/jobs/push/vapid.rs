//! The server's VAPID key, which signs requests to push services (RFC 8292). The first start creates it.

use anyhow::Context;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use common::Millis;
use serde_json::json;
use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
};
use url::Url;
use web_push_native::p256::{
    ecdsa::{Signature, SigningKey, signature::Signer},
    elliptic_curve::sec1::ToEncodedPoint,
};

/// The key's file in the data folder.
const FILE: &str = "push-key";

/// Validity of a signature; the standard allows at most a day.
const HOLDS: Millis = 12 * 60 * 60 * 1000;

pub struct Vapid {
    key: SigningKey,
    public: String,
    /// Contact for operators of push services: a `mailto:` or `https:` address.
    contact: String,
}

impl Vapid {
    /// Opens the key in the data folder, or creates it.
    ///
    /// # Errors
    /// When the server cannot read or write the file, or the file contains no key.
    pub fn open(folder: &Path, contact: String) -> anyhow::Result<Self> {
        let file = folder.join(FILE);
        let written = match fs::read_to_string(&file) {
            Ok(written) => written,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => made(folder)?,
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
        };
        let key = BASE64.decode(written.trim()).ok().and_then(|bytes| SigningKey::from_slice(&bytes).ok());
        let key = key.with_context(|| format!("{} contains no key", file.display()))?;
        let public = BASE64.encode(key.verifying_key().as_affine().to_encoded_point(false));
        Ok(Self { key, public, contact })
    }

    /// The public key, in base64url.
    pub fn public_key(&self) -> &str {
        &self.public
    }

    /// The `Authorization` header of a request to a push service.
    pub fn authorization(&self, endpoint: &Url, now: Millis) -> String {
        let audience = endpoint.origin().ascii_serialization();
        let header = json!({ "typ": "JWT", "alg": "ES256" }).to_string();
        let claims = json!({ "aud": audience, "exp": (now + HOLDS) / 1000, "sub": self.contact }).to_string();
        let signed = format!("{}.{}", BASE64.encode(header), BASE64.encode(claims));
        let signature: Signature = self.key.sign(signed.as_bytes());
        format!("vapid t={signed}.{}, k={}", BASE64.encode(signature.to_bytes()), self.public)
    }
}

/// Writes a key that only this user can read. The file appears atomically.
fn made(folder: &Path) -> anyhow::Result<String> {
    let written = loop {
        let mut random = [0u8; 32];
        rand::fill(&mut random);
        // Nearly all of these numbers are valid keys.
        if SigningKey::from_slice(&random).is_ok() {
            break BASE64.encode(random);
        }
    };
    let (draft, file) = (folder.join("push-key.new"), folder.join(FILE));
    let write = || {
        let mut new = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        new.write_all(written.as_bytes())?;
        new.sync_all()?;
        fs::rename(&draft, &file)
    };
    write().with_context(|| format!("cannot write {}", file.display()))?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use web_push_native::p256::ecdsa::{VerifyingKey, signature::Verifier};

    #[test]
    fn the_key_is_created_once_and_other_users_cannot_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let open = || Vapid::open(folder.path(), "mailto:ada@example.org".into()).unwrap();
        assert_eq!(open().public_key(), open().public_key());
        let mode = fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::write(folder.path().join(FILE), "x").unwrap();
        assert!(Vapid::open(folder.path(), String::new()).is_err());
    }

    #[test]
    fn a_signature_names_the_push_services_origin_and_the_public_key() {
        let folder = tempfile::tempdir().unwrap();
        let vapid = Vapid::open(folder.path(), "https://chat.example.org".into()).unwrap();
        let endpoint = Url::parse("https://push.example.net:8443/send/x?y").unwrap();
        let header = vapid.authorization(&endpoint, 1_765_357_200_000);
        let (token, key) = header.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let claims = BASE64.decode(signed.split_once('.').unwrap().1).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        let expected =
            json!({ "aud": "https://push.example.net:8443", "exp": 1_765_400_400, "sub": "https://chat.example.org" });
        assert_eq!(claims, expected);
        let key = VerifyingKey::from_sec1_bytes(&BASE64.decode(key).unwrap()).unwrap();
        let signature = Signature::from_slice(&BASE64.decode(signature).unwrap()).unwrap();
        key.verify(signed.as_bytes(), &signature).unwrap();
    }
}
