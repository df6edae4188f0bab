// Chinese words of upkeep: what the runtime does for its data folder by itself, and what is wrong there.
// What a fault says comes from the fault table.

export const upkeep = {
  upkeep: {
    title: '数据目录看护',
    state: '状态',
    fine: '正常',
    trouble: '需要处理',
    looking: '正在查看数据目录',
    disk: '磁盘剩余',
    diskUnknown: '系统没有给出',
    limit: '下限 {size}',
    photos: '照片',
    photosText: '{days} 天,最早 {day}',
    photosKeep: '保留 {days} 天',
    photosBudget: '保留 {days} 天,最多 {gb} GB,现有 {size}',
    photosNone: '还没有照片',
    held: '时钟跳变过,看上去过期的照片保留到 {until}',
    last: '上次备份',
    lastText: '{at} · {rows} 行',
    verified: '已核对',
    lastNone: '还没有备份',
    failed: '{at} 备份失败:{what}',
    next: '下次备份',
    running: '正在备份并核对',
    kept: '保留份数',
    keptText: '{kept} 份,最多 {keep} 份',
    see: '详情',
  },
}
