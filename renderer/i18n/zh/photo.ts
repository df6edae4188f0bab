// Chinese words of photos of instruments: picking one, what is wrong with a file, looking at it.
// Photos of plates have their words with the lane.

export const photo = {
  photo: {
    title: '仪器照片',
    label: '仪器照片',
    pick: '选择照片…',
    why: '拍下倾角仪或卷尺的读数,和数值一起留存并写入车道档案。JPEG 或 PNG,可拖到这里;没有照片也可记录。',
    opening: '正在打开照片',
    picked: '选好的照片',
    asItIs: '原样保存,{kb} KB',
    smaller: '原图 {width}×{height},缩小后 {kb} KB',
    out: '不用这张',
    open: '点击放大',
    of: '{title}的仪器照片',
    gone: '照片已不在',
    refused: {
      notPicture: '不是 JPEG 或 PNG 图片(按内容判断),没有采用;请另选一张。',
      tooLarge: '照片超过 16 MB,没有采用;请用相机的普通画质重拍。',
      cannotOpen: '图片损坏,打不开,没有采用;请重新传输或另选一张。',
      many: '一次只能放一张照片,没有采用;请只选一张。',
    },
  },
}
