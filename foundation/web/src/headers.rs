//! What every answer carries, whatever it is: pages, refusals, redirects and downloads.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

use crate::Ctx;

/// Scripts, styles, fonts and pictures are our own files; no inline script or style runs, no other site is asked for anything.
/// `form-action` names the page of a payment gateway that a form of ours leads on to.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                   connect-src 'self'; media-src 'self' blob: mediastream:; manifest-src 'self'; object-src 'none'; \
                   base-uri 'none'; frame-ancestors 'none'; form-action 'self' \
                   https://checkout.stripe.com https://connect.stripe.com";

/// Sets what is not set already: a download knows better.
pub(crate) fn seal(ctx: &Ctx, mut response: Response) -> Response {
    let fixed: [(HeaderName, &'static str); 7] = [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(self), microphone=(self), geolocation=(self)"),
    ];
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if ctx.app().is_https() {
        let lasting = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(lasting);
    }
    if let Ok(id) = HeaderValue::from_str(&ctx.request_id().to_string()) {
        headers.insert("x-request-id", id);
    }
    response
}
