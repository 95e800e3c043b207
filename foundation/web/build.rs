//! What the npm build and the locale files hold is embedded: new names there must be seen.
fn main() {
    println!("cargo:rerun-if-changed=../../ui/dist");
    println!("cargo:rerun-if-changed=../../ui/locales");
}
