// Words of the page of a signed batch.
import { t } from '#base/pure/words/fault-text.ts'

export const words = {
  title: t('第 {seq} 行', 'Row {seq}'),
  why: t(
    '这一行在停车场签了名的一批里,原样保存,签名是刚才重新核对的。',
    'This row stands in a batch that the car park has signed. It is kept as it came, and its signature was checked again just now.',
  ),
}
