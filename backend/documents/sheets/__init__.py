"""Lists as files: one sheet of typed cells, written as CSV, as an Excel workbook or as a report on paper."""
