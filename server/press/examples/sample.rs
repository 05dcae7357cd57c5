//! Writes the sample document in every form, to look at: `cargo run -p press --example sample -- FOLDER`.

#![expect(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::error::Error;
use std::path::PathBuf;

use press::Form;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    std::fs::create_dir_all(&folder)?;
    let document = report::sample();
    for form in Form::ALL {
        let path = folder.join(format!("voorbeeld.{form}"));
        std::fs::write(&path, form.write(&document)?)?;
        println!("{}", path.display());
    }
    Ok(())
}
