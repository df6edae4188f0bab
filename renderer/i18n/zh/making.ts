// Chinese words of a document that is being made, wherever one is asked for.

export const making = {
  making: {
    making: '正在生成',
    reading: '正在读取数据',
    layingOut: '正在排版',
    stopping: '正在取消',
    seconds: '已用 {n} 秒',
    cancel: '取消',
    cancelled: '已取消,没有生成文件。',
  },
}
