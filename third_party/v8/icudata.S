// ICU's data, linked into the executable: no file to find or to read at run time. (ICU's own script makes 40 MB of
// assembly of the same bytes.) The symbol carries the version of ICU, U_ICU_VERSION_MAJOR_NUM.
  .section .note.GNU-stack,"",%progbits
  .section .rodata.icudata,"a",%progbits
  .balign 16
  .globl icudt78_dat
  .hidden icudt78_dat
  .type icudt78_dat,%object
icudt78_dat:
  .incbin "external/v8/third_party/icu/common/icudtl.dat"
  .size icudt78_dat, . - icudt78_dat
