// JSON with a member twice in one object, wherever the object lies and however the name is written; the same name in two
// objects, or in a text, is none.
import { expect, it } from 'vitest'
import { hasMemberTwice } from '#base/pure/data/json.ts'

it.each([
  '{"a":1,"a":2}',
  '{"a":1,"a":1}',
  '{ "status" : "SUCCESS" , "x":[], "status":"FAILED"}',
  '{"data":{"fee":1,"fee":2}}',
  '[{"b":1},{"a":1,"c":{},"a":2}]',
  '{"a":1,"\\u0061":2}',
  '{"a":{"x":[1,{"y":2}]},"b":0,"a":3}',
  '{"":1,"":2}',
  '{"a\\"b":1,"a\\"b":2}',
  '{"__proto__":1,"__proto__":2}',
])('twice: %s', (text) => {
  expect(hasMemberTwice(text)).toBe(true)
})

it.each([
  '{}',
  '[]',
  '"a"',
  '7',
  '',
  '{"a":1,"b":1,"A":1}',
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":1}]',
  '{"a":"a","b":"a"}',
  '{"a":["a","a"],"b":["x","x"]}',
  '{"a":"\\"a\\":1,","b":2}',
  '{"a":"{\\"b\\":1,\\"b\\":2}"}',
  '{"a":"\\\\","b":{"a":1}}',
])('once: %s', (text) => {
  expect(hasMemberTwice(text)).toBe(false)
})

it('a long list is read once, and costs no name of its rows', () => {
  const rows = Array.from({ length: 50_000 }, (_, n) => `{"no":"${n}","kind":1}`)
  expect(hasMemberTwice(`{"rows":[${rows.join(',')}]}`)).toBe(false)
  expect(hasMemberTwice(`{"rows":[${rows.join(',')},{"no":1,"no":2}]}`)).toBe(true)
})
