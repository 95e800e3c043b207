//! Words outside a page: for PDFs and mails, in the language of whoever reads them.

use kernel::{LocalDate, Locale, Money, Timestamp, Zone};

/// The words of one reader.
pub(crate) struct Words {
    locale: Locale,
    zone: Zone,
}

impl Words {
    pub(crate) fn of(locale: Locale, zone: Zone) -> Self {
        Self { locale, zone }
    }

    pub(crate) fn t(&self, key: &str) -> String {
        web::words::t(self.locale, key)
    }

    pub(crate) fn tr(&self, key: &str, args: &[(&str, &str)]) -> String {
        web::words::tr(self.locale, key, args)
    }

    pub(crate) fn money(&self, money: Money) -> String {
        web::words::money(self.locale, money)
    }

    pub(crate) fn day(&self, at: Timestamp) -> String {
        web::words::day(self.locale, &self.zone, at)
    }

    pub(crate) fn date(&self, day: LocalDate) -> String {
        web::words::date(self.locale, day)
    }

    pub(crate) const fn locale(&self) -> Locale {
        self.locale
    }
}
