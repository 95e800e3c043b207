use db::Tx;
use kernel::ids::CodeId;
use notify::{Notice, Recipient, TellError};

use super::{CODE_MINUTES, Registration};
use crate::letters::Letter;

pub(super) use crate::letters::Sender;

impl Sender<'_> {
    /// The six digits, to the address that is to be proved.
    pub(super) async fn code(
        &self,
        tx: &mut Tx,
        registration: &Registration,
        id: CodeId,
        code: &str,
    ) -> Result<(), TellError> {
        let to = addressee(registration);
        let minutes = CODE_MINUTES.to_string();
        let args = [("minutes", minutes.as_str()), ("code", code)];
        let letter = Letter { prefix: "identity-mail-code", args: &args, code: Some(code), path: None };
        let (subject, mail) = self.mail(&letter, &to);
        let sms = self.text(to.locale, "identity-sms-code", &[("code", code), ("brand", self.brand())]);
        self.post(tx, &to, "identity.code", id, (subject, mail, sms)).await
    }

    /// The address has an account already: its owner is told how to get in, and nobody else learns of it.
    pub(super) async fn already_known(
        &self,
        tx: &mut Tx,
        registration: &Registration,
        id: CodeId,
    ) -> Result<(), TellError> {
        let to = addressee(registration);
        let letter = Letter { prefix: "identity-mail-known", args: &[], code: None, path: Some("/sign-in") };
        let (subject, mail) = self.mail(&letter, &to);
        let link = self.url("/sign-in");
        let sms = self.text(to.locale, "identity-sms-known", &[("link", &link), ("brand", self.brand())]);
        self.post(tx, &to, "identity.known", id, (subject, mail, sms)).await
    }

    async fn post(
        &self,
        tx: &mut Tx,
        to: &Recipient,
        kind: &'static str,
        id: CodeId,
        (subject, mail, sms): (String, notify::Mail, String),
    ) -> Result<(), TellError> {
        let key = format!("{kind}:{id}");
        notify::tell(tx, Notice { to, kind, key, subject, link: None, mail: Some(mail), sms: Some(sms) }).await
    }
}

fn addressee(registration: &Registration) -> Recipient {
    Recipient {
        account: None,
        email: registration.address.as_email().map(str::to_owned),
        phone: registration.address.as_phone().map(str::to_owned),
        locale: registration.locale,
        zone: registration.zone.clone(),
        name: registration.name.clone(),
    }
}
