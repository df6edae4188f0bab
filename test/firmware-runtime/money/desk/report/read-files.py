# Reads a report as CSV and as XLSX with Python alone (csv, zipfile, ElementTree), no library of ours.
# Prints what it found as JSON: rows of the CSV, and of each sheet its cells as [type, text, number format].
import csv, json, sys, zipfile
import xml.etree.ElementTree as tree

main = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'

with open(sys.argv[1], encoding='utf-8-sig', newline='') as file:
    lines = list(csv.reader(file))
with open(sys.argv[1], 'rb') as file:
    mark = file.read(3).hex()

book = zipfile.ZipFile(sys.argv[2])
assert book.testzip() is None
shared = [''.join(part.text or '' for part in one.iter(main + 't'))
          for one in tree.fromstring(book.read('xl/sharedStrings.xml'))]
styles = tree.fromstring(book.read('xl/styles.xml'))
codes = {one.get('numFmtId'): one.get('formatCode') for one in styles.iter(main + 'numFmt')}
builtin = {'1': '0', '2': '0.00', '4': '#,##0.00'}
formats = [one.get('numFmtId') for one in styles.find(main + 'cellXfs')]
names = [one.get('name') for one in tree.fromstring(book.read('xl/workbook.xml')).iter(main + 'sheet')]
sheets = {}
for at, name in enumerate(names):
    rows = []
    for row in tree.fromstring(book.read(f'xl/worksheets/sheet{at + 1}.xml')).iter(main + 'row'):
        cells = []
        for cell in row:
            # Empty cells are left out of the file.
            column = 0
            for letter in cell.get('r').rstrip('0123456789'):
                column = 26 * column + ord(letter) - 64
            cells += [['', '', '']] * (column - 1 - len(cells))
            value = cell.find(main + 'v')
            text = '' if value is None else value.text
            kind = cell.get('t', 'n')
            style = formats[int(cell.get('s', '0'))]
            cells.append([kind, shared[int(text)] if kind == 's' else text,
                          codes.get(style, builtin.get(style, ''))])
        rows.append(cells)
    sheets[name] = rows
print(json.dumps({'mark': mark, 'csv': lines, 'sheets': sheets, 'formulas': sum(
    b'<f>' in book.read(name) for name in book.namelist())}, ensure_ascii=False))
