// What an answer of 2xx to a posted message says: each robot's refusals, pages, and what is lawful beside them.
import { expect, it } from 'vitest'
import { refusalIn } from '#base/pure/data/posted-answer.ts'

it.each([
  [
    '{"errcode":310000,"errmsg":"keywords not in content"}',
    'answerDenies errcode 310000 keywords not in content',
  ],
  ['{"errcode":130101,"errmsg":"send too fast"}', 'answerDenies errcode 130101 send too fast'],
  [
    '{"errcode":93000,"errmsg":"invalid webhook url"}',
    'answerDenies errcode 93000 invalid webhook url',
  ],
  [
    '{"code":19024,"data":{},"msg":"Key Words Not Found"}',
    'answerDenies code 19024 Key Words Not Found',
  ],
  ['{"StatusCode":9499,"msg":"Bad Request"}', 'answerDenies StatusCode 9499 Bad Request'],
  [
    '{"code":400,"message":"failed to get device token"}',
    'answerDenies code 400 failed to get device token',
  ],
  ['{"code":"40001"}', 'answerDenies code 40001'],
  ['{"success":false,"error":"no"}', 'answerDenies false no'],
  ['{"ok":false}', 'answerDenies false'],
  ['\n <!DOCTYPE html><html><body>登录</body></html>', 'answerIsPage'],
  ['<html><head><meta http-equiv="refresh"></head></html>', 'answerIsPage'],
  ['<?xml version="1.0"?>\n<!doctype html><html/>', 'answerIsPage'],
  ['<script>location="http://192.0.2.1/login"</script>', 'answerIsPage'],
])('%s is no yes', (body, why) => {
  expect(refusalIn(body)).toBe(why)
})

it.each([
  ...['', 'ok', 'answer', '{}', '[]', '{"errcode":0,"errmsg":"ok"}', '{"code":0,"msg":"success"}'],
  ...['{"code":200,"message":"success"}', '{"code":"0"}', '{"code":"0000"}', '{"code":"SUCCESS"}'],
  ...[
    '{"StatusCode":0,"code":0}',
    '{"code":null}',
    '{"code":201}',
    '{"id":7}',
    '{"data":{"code":5}}',
  ],
  ...['{"errcode":', '<response>taken</response>'],
])('%s is one', (body) => {
  expect(refusalIn(body)).toBe(null)
})
