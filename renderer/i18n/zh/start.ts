// Chinese words of the start page: what to begin with.
// Only what works is offered.

export const start = {
  start: {
    title: '从哪里开始',
    setup: '开通一个停车场',
    setupWhy: '从车道图开始,随时可以停下再来',
    device: '连接一台设备',
    deviceWhy: '不建停车场:查找、读取、调整、看报文',
    open: '打开已有停车场',
    openWhy: '选择停车场的文件夹 (里面有 lot.json)',
    known: '打开 {name}',
    knownWhy: '在 {dir}',
    change: '修改 {name}',
    changeWhy: '同样的表单;写入前先看改动,可以撤回一步。车道停着时进行',
    demo: '看演示',
    demoWhy: '模拟的一进一出,不接触任何真实设备',
    noLot: '{dir} 里没有停车场:没有 lot.json,也没有账本。没有改动任何文件。',
    busy: '正在打开…',
    why: '还没有运行任何程序,也没有写入任何文件。菜单里随时可以回到这一页。',
  },
}
