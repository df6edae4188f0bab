// How the members of a frozen body are written in a request (9.3.2 c): as JSON text, or as a form.
import { parsed } from '#base/pure/data/json.ts'
import type { BodyForm } from '../ports/envelope.ts'

interface WrittenForm {
  readonly contentType: string
  write(bodyText: string): string
}

const asIs = (bodyText: string): string => bodyText

/** Form members are texts: a value of another type is written as JSON. */
function formOf(bodyText: string): string {
  const members = parsed(bodyText)
  if (typeof members !== 'object' || members === null) return bodyText
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(members))
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value))
  return form.toString()
}

export const bodyForms: Readonly<Record<BodyForm, WrittenForm>> = {
  json: { contentType: 'application/json', write: asIs },
  form: { contentType: 'application/x-www-form-urlencoded', write: formOf },
  text: { contentType: 'text/plain; charset=utf-8', write: asIs },
}
