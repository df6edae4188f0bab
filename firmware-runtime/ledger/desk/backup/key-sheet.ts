// The sheet of a recovery key: text and QR code on one page, for a printer and for a stick. The line with the key is
// plain text in the file, so that readRecoveryKey finds it and a person can type it.
import qrcode from 'qrcode-generator'

interface KeySheet {
  readonly lotId: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly keyId: string
  readonly madeAtIso: string
  /** Null: the whole key. */
  readonly share: 1 | 2 | null
  readonly text: string
}

/** Encodes letters of the key only: a code with few modules, readable by a phone from a creased sheet. */
function codeOf(text: string): string {
  const code = qrcode(0, 'M')
  code.addData(text, 'Alphanumeric')
  code.make()
  return code.createSvgTag({ cellSize: 5, margin: 20, scalable: false })
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export function keySheet({ lotId, name, keyId, madeAtIso, share, text }: KeySheet): string {
  const part =
    share === null
      ? ['整把密钥', 'the whole key']
      : [`两份中的第 ${share} 份，两份都要`, `share ${share} of 2, both are needed`]
  const groups = text.split('-')
  const half = groups.length / 2
  const lines = [groups.slice(0, half), groups.slice(half)].map((row) => row.join(' '))
  return `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>${lotId} ${keyId}</title>
<style>body{font:16px/1.6 sans-serif;margin:2cm}b{font:22px monospace}pre{font-size:11px}</style></head>
<body>
<h1>停车场恢复密钥 / Recovery key</h1>
<p>${escaped(name.zh)} / ${escaped(name.en)} · ${lotId} · ${madeAtIso}</p>
<p>编号 / number <b>${keyId}</b> · ${part.join(' / ')}</p>
<p><b>${lines.join('<br>')}</b></p>
<p>${codeOf(text)}</p>
<p>电脑坏了，凭它在任何一台电脑上打开账本和密钥。锁好，不要拍照，不要放在车道电脑里。<br>
With it the ledger and the keys of this lot open on any machine. Lock it away, take no picture of it, do not keep it in
the lane computer.</p>
<pre>
${text}
</pre>
</body></html>
`
}
