// The file formats of a document, with their MIME types.

export const formMimes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  json: 'application/json',
  junit: 'application/xml',
  csv: 'text/csv; charset=utf-8',
} as const

export type DocumentForm = keyof typeof formMimes
