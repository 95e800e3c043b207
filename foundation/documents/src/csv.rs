//! Comma-separated values (RFC 4180) that a spreadsheet cannot be tricked by.

/// A CSV file: one header row, then `rows`. A cell that a spreadsheet would run as a formula (`= + - @`, tab, return) gets a
/// leading apostrophe; a plain number keeps its minus sign.
pub fn csv<R>(header: &[&str], rows: R) -> String
where
    R: IntoIterator<Item = Vec<String>>,
{
    let mut file = line(header.iter().map(|cell| (*cell).to_owned()));
    for row in rows {
        file.push_str(&line(row.into_iter()));
    }
    file
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let mut line = cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

fn quoted(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    let cell = if runs { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_disarmed() {
        let rows = vec![vec!["=1+1".to_owned(), "a \"b\", c".to_owned(), "-12.50".to_owned()]];
        assert_eq!(csv(&["x", "y", "z"], rows), "x,y,z\r\n'=1+1,\"a \"\"b\"\", c\",-12.50\r\n");
    }
}
