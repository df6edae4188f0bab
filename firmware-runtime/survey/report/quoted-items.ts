// The standard's text of each survey item, which a report quotes as it is printed.
import { surveyItems } from '../pure/items/index.ts'

const printed = new Set(surveyItems.map((item) => item.printed))

export const isQuotedItem = (text: string): boolean => printed.has(text)
