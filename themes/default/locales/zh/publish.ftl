### 把站点写进文件夹或对象存储。

publish-disk =
    { $path }：{ $reason }
      { $advice }
publish-half-done =
    { $path }：{ $reason }
      一部分页面是新的，一部分还是旧的；请修好磁盘后再运行一次
publish-disk-full = 磁盘已满，站点保持原样；请腾出空间后再运行一次
publish-disk-quota = 超出配额或上限，站点保持原样；请提高上限或腾出空间后再运行一次
publish-disk-denied = 那里不允许写入，站点保持原样；请申请写入权限，或另选一个文件夹
publish-disk-in-the-way = 那里已有别的东西，站点保持原样；请把它移走，或另选一个文件夹
publish-disk-as-it-was = 站点保持原样

upload-store-failed =
    { $object }：{ $reason }
      那里的每一页都是完整的，或新或旧；再运行一次即可完成
upload-store-untouched = { $object }：{ $reason }；什么都没有改动

publish-without-stores = 这个 handbook 编译时没有带上对象存储；请写一个文件夹，或改用带有 publish 功能的版本
