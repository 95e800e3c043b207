//! An authenticator in software, for tests of passkeys: ECDSA P-256, attestation "none", user verified.

use aws_lc_rs::{
    digest,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

/// One passkey on one imagined device.
pub struct SoftPasskey {
    origin: String,
    rp_id: String,
    id: Vec<u8>,
    user: Vec<u8>,
    key: EcdsaKeyPair,
    /// Counts signatures; set it back to imagine a copied device.
    pub counter: u32,
    /// Whether the device says that it verified its user.
    pub verifies_user: bool,
}

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

impl SoftPasskey {
    /// Answer `navigator.credentials.create(options)` at `origin`: the passkey, and what the page posts.
    ///
    /// # Panics
    /// When the options are not those of a registration.
    pub fn create(origin: &str, options: &Value) -> (Self, Value) {
        let asked = &options["publicKey"];
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key");
        let passkey = Self {
            origin: origin.trim_end_matches('/').to_owned(),
            rp_id: asked["rp"]["id"].as_str().expect("a relying party").to_owned(),
            id: sha256(key.public_key().as_ref())[..16].to_vec(),
            user: decode(&asked["user"]["id"]),
            key,
            counter: 1,
            verifies_user: true,
        };
        let client_data = passkey.client_data("webauthn.create", asked);
        let mut attestation = vec![0xa3];
        attestation.extend(text("fmt"));
        attestation.extend(text("none"));
        attestation.extend(text("attStmt"));
        attestation.push(0xa0);
        attestation.extend(text("authData"));
        attestation.extend(bytes(&passkey.registration_data()));
        let answer = json!({
            "id": encode(&passkey.id), "rawId": encode(&passkey.id), "type": "public-key", "extensions": {},
            "response": {
                "attestationObject": encode(&attestation), "clientDataJSON": encode(&client_data), "transports": ["internal"],
            },
        });
        (passkey, answer)
    }

    /// Answer `navigator.credentials.get(options)`.
    ///
    /// # Panics
    /// When the options are not those of an authentication.
    pub fn get(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let client_data = self.client_data("webauthn.get", &options["publicKey"]);
        let flags = PRESENT | if self.verifies_user { VERIFIED } else { 0 };
        let data = self.head(flags);
        let mut signed = data.clone();
        signed.extend(sha256(&client_data));
        let signature = self.key.sign(&SystemRandom::new(), &signed).expect("a signature");
        json!({
            "id": encode(&self.id), "rawId": encode(&self.id), "type": "public-key", "extensions": {},
            "response": {
                "authenticatorData": encode(&data), "clientDataJSON": encode(&client_data),
                "signature": encode(signature.as_ref()), "userHandle": encode(&self.user),
            },
        })
    }

    fn client_data(&self, kind: &str, asked: &Value) -> Vec<u8> {
        json!({"type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    fn head(&self, flags: u8) -> Vec<u8> {
        let mut data = sha256(self.rp_id.as_bytes());
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn registration_data(&self) -> Vec<u8> {
        let flags = PRESENT | ATTESTED | if self.verifies_user { VERIFIED } else { 0 };
        let mut data = self.head(flags);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).expect("a short id").to_be_bytes());
        data.extend(&self.id);
        let point = self.key.public_key().as_ref();
        // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]);
        data.extend(bytes(&point[1..33]));
        data.push(0x22);
        data.extend(bytes(&point[33..65]));
        data
    }
}

fn text(value: &str) -> Vec<u8> {
    let mut out = vec![0x60 | u8::try_from(value.len()).expect("a short word")];
    out.extend(value.as_bytes());
    out
}

fn bytes(value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).expect("a short string");
    let mut out = vec![0x59];
    out.extend(length.to_be_bytes());
    out.extend(value);
    out
}

fn sha256(value: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, value).as_ref().to_vec()
}

fn encode(value: &[u8]) -> String {
    BASE64URL_NOPAD.encode(value)
}

fn decode(value: &Value) -> Vec<u8> {
    BASE64URL_NOPAD.decode(value.as_str().expect("text").as_bytes()).expect("base64")
}
