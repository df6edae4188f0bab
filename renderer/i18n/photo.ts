// Words of photos that a person brings: picking one, what is wrong with a file, looking at it.
// Photos of plates by cameras have their words with the lane.
import { t } from '#base/pure/words/fault-text.ts'

export const photo = {
  title: t('仪器照片', 'Photos of instruments'),
  label: {
    instrument: t('仪器照片', 'Photo of the instrument'),
    car: t('车和车牌的照片', 'Photo of the car and its plate'),
  },
  pick: t('选择照片…', 'Pick a photo…'),
  why: {
    instrument: t(
      '拍下倾角仪或卷尺的读数,和数值一起留存并写入车道档案。JPEG 或 PNG,可拖到这里;没有照片也可记录。',
      'Photograph the reading of the inclinometer or tape; it is kept with the value and in the passport. JPEG or PNG; you can drop it here. A photo is optional.',
    ),
    car: t(
      '没有电子标签时,另一人看照片核对车牌后才能扣费;没有照片则记为欠费。JPEG 或 PNG,可拖到这里。',
      'Without an OBU, a card is charged only after another person has confirmed the plate by the photo; without a photo the amount is arrears. JPEG or PNG; you can drop it here.',
    ),
  },
  opening: t('正在打开照片', 'Opening the photo'),
  picked: t('选好的照片', 'Chosen photo'),
  asItIs: t('原样保存,{kb} KB', 'saved unchanged, {kb} KB'),
  smaller: t('原图 {width}×{height},缩小后 {kb} KB', '{width}×{height}, reduced to {kb} KB'),
  out: t('不用这张', 'Do not use'),
  open: t('点击放大', 'click to enlarge'),
  of: t('{title}的仪器照片', 'Photo of the instrument: {title}'),
  gone: t('照片已不在', 'The photo no longer exists'),
  refused: {
    notPicture: t(
      '不是 JPEG 或 PNG 图片(按内容判断),没有采用;请另选一张。',
      'Not a JPEG or PNG picture (judged by content), so it was not used. Pick another file.',
    ),
    tooLarge: t(
      '照片超过 16 MB,没有采用;请用相机的普通画质重拍。',
      'The photo is larger than 16 MB and was not used. Take it again in normal quality.',
    ),
    cannotOpen: t(
      '图片损坏,打不开,没有采用;请重新传输或另选一张。',
      'The picture is damaged and was not used. Copy it again or pick another.',
    ),
    many: t(
      '一次只能放一张照片,没有采用;请只选一张。',
      'Only one photo at a time; none was used. Pick a single file.',
    ),
  },
}
