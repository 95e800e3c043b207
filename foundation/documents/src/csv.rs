//! Comma-separated values (RFC 4180) that a spreadsheet cannot be tricked by.

/// A CSV file: one header row, then `rows`. A cell that a spreadsheet would run as a formula (`= + - @`, tab, return) gets a
/// leading apostrophe; a plain number keeps its minus sign.
pub fn csv<R>(header: &[&str], rows: R) -> String
where
    R: IntoIterator<Item = Vec<String>>,
{
    let mut file = line(header.iter().map(|cell| (*cell).to_owned()));
    file.push_str(&csv_rows(rows));
    file
}

/// Rows alone, for a file that is written piece by piece; as in [`csv`].
pub fn csv_rows<R>(rows: R) -> String
where
    R: IntoIterator<Item = Vec<String>>,
{
    rows.into_iter().map(|row| line(row.into_iter())).collect()
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
