// Printed commands, run by a real sh and read by the rules of PowerShell: each word arrives as it was, whatever is in it.
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { shellCommand, shellOf, shellWord } from '#base/pure/words/shell-words.ts'

const words = [
  '/srv/my lot',
  '/srv/停车场 一号/账本',
  "/srv/O'Brien",
  "''",
  '/srv/"quoted"',
  '/srv/$HOME/`id`/$(id)',
  String.raw`C:\车场 一号\lot`,
  'D:\\',
  String.raw`\\server\share\a b`,
  '-rf',
  '--data',
  '-a.b',
  '-x:y',
  'a\nb',
  'a\tb',
  ' ',
  '',
  '~/lot',
  '*.db',
  '[ab]?',
  '{a,b}',
  '#not',
  '!history',
  'a;b',
  'a&b',
  'a|b',
  'a>b',
  '(a)',
  'A=b',
  '%PATH%',
  '^',
  '@file',
  '\u2018curly\u2019',
  '$env:PATH',
  '`n',
  'udp://127.0.0.1:323?x=1&y=2',
]

describe('sh', () => {
  it.each(words)('hands on %j', (word) => {
    const { stdout, status } = spawnSync(
      'sh',
      ['-c', shellCommand('sh', ['printf', '%s|', word, 'end'])],
      { encoding: 'utf8', cwd: '/usr' },
    )
    expect([stdout, status]).toEqual([`${word}|end|`, 0])
  })

  it('hands on all of them at once, and leaves plain words without quotes', () => {
    const line = shellCommand('sh', ['printf', '%s\\0', ...words])
    const { stdout } = spawnSync('sh', ['-c', line], { encoding: 'utf8', cwd: '/usr' })
    expect(stdout.split('\0').slice(0, -1)).toEqual(words)
    expect(shellCommand('sh', ['sudo', 'etc-lane', 'install', '--data', '/var/lib/etc-lane'])).toBe(
      'sudo etc-lane install --data /var/lib/etc-lane',
    )
  })
})

/** What PowerShell makes of a line in argument mode: single quotes are literal, doubled ones stand for one. */
function asPowerShell(line: string): string[] {
  const read: string[] = []
  const quote = /['\u2018-\u201B]/
  for (let at = 0; at < line.length;) {
    if (/\s/.test(line[at] ?? '')) {
      at++
      continue
    }
    if (!quote.test(line[at] ?? '')) {
      const [word = ''] = /^\S+/.exec(line.slice(at)) ?? []
      expect(word, 'without a mark that PowerShell reads').toMatch(
        /^(?:&|-[\w-]+|[^-'"`$@#(){}<>;,|&*?[\]~\s][^'"`$(){};,|&<>\s]*)$/,
      )
      read.push(word)
      at += word.length
      continue
    }
    let text = ''
    for (at++; ; at++) {
      expect(at, 'the quote is closed').toBeLessThan(line.length)
      if (!quote.test(line[at] ?? '')) text += line[at]
      else if (quote.test(line[at + 1] ?? '')) text += line[at++]
      else break
    }
    at++
    read.push(text)
  }
  return read
}

describe('PowerShell', () => {
  it.each(words)('reads %j as it was', (word) => {
    expect(asPowerShell(shellCommand('powershell', ['icacls', word, '/T']))).toEqual([
      'icacls',
      word,
      '/T',
    ])
  })

  it('calls a program whose path has to be quoted', () => {
    const node = String.raw`C:\Program Files\ETC Lane\node.exe`
    expect(shellCommand('powershell', [node, 'run'])).toBe(`& '${node}' run`)
    expect(shellCommand('powershell', ['schtasks', '/Run'])).toBe('schtasks /Run')
    expect(shellWord('powershell', 'plain')).toBe('plain')
    expect([shellOf('win32'), shellOf('linux'), shellOf('darwin')]).toEqual([
      'powershell',
      'sh',
      'sh',
    ])
  })
})
