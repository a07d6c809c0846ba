;; What a page of SQLCipher takes: AES-256-CBC, decrypting, and the blocks of SHA-512, SHA-256 and SHA-1 for its HMAC.
;; Memory: at 0 four tables of 256 words that undo SubBytes and MixColumns of a byte of rows 0 to 3, at 4096 the inverse S-box, at 4352
;; round keys for decryption (60 words), at 4592 the block before the first one, at 4608 constants of SHA-512, at 5248 the state of a
;; hash, at 5312 its message schedule, from 6144 on the page. Words of AES are as they lie, those of hashes are turned around.
;; The caller makes tables and keys, and pads.
(module
  (memory (export "memory") 2)
  ;; FIPS 180-4, 4.2.3: of the cube roots of the first 80 primes the first 64 bits behind the point.
  (data (i32.const 4608)
    "\22\ae\28\d7\98\2f\8a\42\cd\65\ef\23\91\44\37\71\2f\3b\4d\ec\cf\fb\c0\b5\bc\db\89\81\a5\db\b5\e9"
    "\38\b5\48\f3\5b\c2\56\39\19\d0\05\b6\f1\11\f1\59\9b\4f\19\af\a4\82\3f\92\18\81\6d\da\d5\5e\1c\ab"
    "\42\02\03\a3\98\aa\07\d8\be\6f\70\45\01\5b\83\12\8c\b2\e4\4e\be\85\31\24\e2\b4\ff\d5\c3\7d\0c\55"
    "\6f\89\7b\f2\74\5d\be\72\b1\96\16\3b\fe\b1\de\80\35\12\c7\25\a7\06\dc\9b\94\26\69\cf\74\f1\9b\c1"
    "\d2\4a\f1\9e\c1\69\9b\e4\e3\25\4f\38\86\47\be\ef\b5\d5\8c\8b\c6\9d\c1\0f\65\9c\ac\77\cc\a1\0c\24"
    "\75\02\2b\59\6f\2c\e9\2d\83\e4\a6\6e\aa\84\74\4a\d4\fb\41\bd\dc\a9\b0\5c\b5\53\11\83\da\88\f9\76"
    "\ab\df\66\ee\52\51\3e\98\10\32\b4\2d\6d\c6\31\a8\3f\21\fb\98\c8\27\03\b0\e4\0e\ef\be\c7\7f\59\bf"
    "\c2\8f\a8\3d\f3\0b\e0\c6\25\a7\0a\93\47\91\a7\d5\6f\82\03\e0\51\63\ca\06\70\6e\0e\0a\67\29\29\14"
    "\fc\2f\d2\46\85\0a\b7\27\26\c9\26\5c\38\21\1b\2e\ed\2a\c4\5a\fc\6d\2c\4d\df\b3\95\9d\13\0d\38\53"
    "\de\63\af\8b\54\73\0a\65\a8\b2\77\3c\bb\0a\6a\76\e6\ae\ed\47\2e\c9\c2\81\3b\35\82\14\85\2c\72\92"
    "\64\03\f1\4c\a1\e8\bf\a2\01\30\42\bc\4b\66\1a\a8\91\97\f8\d0\70\8b\4b\c2\30\be\54\06\a3\51\6c\c7"
    "\18\52\ef\d6\19\e8\92\d1\10\a9\65\55\24\06\99\d6\2a\20\71\57\85\35\0e\f4\b8\d1\bb\32\70\a0\6a\10"
    "\c8\d0\d2\b8\16\c1\a4\19\53\ab\41\51\08\6c\37\1e\99\eb\8e\df\4c\77\48\27\a8\48\9b\e1\b5\bc\b0\34"
    "\63\5a\c9\c5\b3\0c\1c\39\cb\8a\41\e3\4a\aa\d8\4e\73\e3\63\77\4f\ca\9c\5b\a3\b8\b2\d6\f3\6f\2e\68"
    "\fc\b2\ef\5d\ee\82\8f\74\60\2f\17\43\6f\63\a5\78\72\ab\f0\a1\14\78\c8\84\ec\39\64\1a\08\02\c7\8c"
    "\28\1e\63\23\fa\ff\be\90\e9\bd\82\de\eb\6c\50\a4\15\79\c6\b2\f7\a3\f9\be\2b\53\72\e3\f2\78\71\c6"
    "\9c\61\26\ea\ce\3e\27\ca\07\c2\c0\21\c7\b8\86\d1\1e\eb\e0\cd\d6\7d\da\ea\78\d1\6e\ee\7f\4f\7d\f5"
    "\ba\6f\17\72\aa\67\f0\06\a6\98\c8\a2\c5\7d\63\0a\ae\0d\f9\be\04\98\3f\11\1b\47\1c\13\35\0b\71\1b"
    "\84\7d\04\23\f5\77\db\28\93\24\c7\40\7b\ab\ca\32\bc\be\c9\15\0a\be\9e\3c\4c\0d\10\9c\c4\67\1d\43"
    "\b6\42\3e\cb\be\d4\c5\4c\2a\7e\65\fc\9c\29\7f\59\ec\fa\d6\3a\ab\6f\cb\5f\17\58\47\4a\8c\19\44\6c")
  ;; AES-256 in CBC, backwards (FIPS 197, 5.3.5; SP 800-38A, 6.2), in place: blocks in [$from, $to), the one before them at 4592.
  (func (export "decryptCbc") (param $from i32) (param $to i32)
    (local $s0 i32) (local $s1 i32) (local $s2 i32) (local $s3 i32) (local $t0 i32) (local $t1 i32) (local $t2 i32)
    (local $t3 i32) (local $c0 i32) (local $c1 i32) (local $c2 i32) (local $c3 i32) (local $p0 i32) (local $p1 i32)
    (local $p2 i32) (local $p3 i32) (local $key i32)
    (local.set $p0 (i32.load offset=4592 (i32.const 0)))
    (local.set $p1 (i32.load offset=4596 (i32.const 0)))
    (local.set $p2 (i32.load offset=4600 (i32.const 0)))
    (local.set $p3 (i32.load offset=4604 (i32.const 0)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $s0 (i32.xor (local.tee $c0 (i32.load offset=0 (local.get $from))) (i32.load offset=4352 (i32.const 0))))
        (local.set $s1 (i32.xor (local.tee $c1 (i32.load offset=4 (local.get $from))) (i32.load offset=4356 (i32.const 0))))
        (local.set $s2 (i32.xor (local.tee $c2 (i32.load offset=8 (local.get $from))) (i32.load offset=4360 (i32.const 0))))
        (local.set $s3 (i32.xor (local.tee $c3 (i32.load offset=12 (local.get $from))) (i32.load offset=4364 (i32.const 0))))
        (local.set $key (i32.const 16))
        (loop $round
          (local.set $t0
            (i32.xor
              (i32.xor
                (i32.xor
                  (i32.xor (i32.load (i32.and (i32.shl (local.get $s0) (i32.const 2)) (i32.const 0x3fc)))
                    (i32.load offset=1024 (i32.and (i32.shr_u (local.get $s3) (i32.const 6)) (i32.const 0x3fc))))
                  (i32.load offset=2048 (i32.and (i32.shr_u (local.get $s2) (i32.const 14)) (i32.const 0x3fc))))
                (i32.load offset=3072 (i32.and (i32.shr_u (local.get $s1) (i32.const 22)) (i32.const 0x3fc))))
              (i32.load offset=4352 (local.get $key))))
          (local.set $t1
            (i32.xor
              (i32.xor
                (i32.xor
                  (i32.xor (i32.load (i32.and (i32.shl (local.get $s1) (i32.const 2)) (i32.const 0x3fc)))
                    (i32.load offset=1024 (i32.and (i32.shr_u (local.get $s0) (i32.const 6)) (i32.const 0x3fc))))
                  (i32.load offset=2048 (i32.and (i32.shr_u (local.get $s3) (i32.const 14)) (i32.const 0x3fc))))
                (i32.load offset=3072 (i32.and (i32.shr_u (local.get $s2) (i32.const 22)) (i32.const 0x3fc))))
              (i32.load offset=4356 (local.get $key))))
          (local.set $t2
            (i32.xor
              (i32.xor
                (i32.xor
                  (i32.xor (i32.load (i32.and (i32.shl (local.get $s2) (i32.const 2)) (i32.const 0x3fc)))
                    (i32.load offset=1024 (i32.and (i32.shr_u (local.get $s1) (i32.const 6)) (i32.const 0x3fc))))
                  (i32.load offset=2048 (i32.and (i32.shr_u (local.get $s0) (i32.const 14)) (i32.const 0x3fc))))
                (i32.load offset=3072 (i32.and (i32.shr_u (local.get $s3) (i32.const 22)) (i32.const 0x3fc))))
              (i32.load offset=4360 (local.get $key))))
          (local.set $t3
            (i32.xor
              (i32.xor
                (i32.xor
                  (i32.xor (i32.load (i32.and (i32.shl (local.get $s3) (i32.const 2)) (i32.const 0x3fc)))
                    (i32.load offset=1024 (i32.and (i32.shr_u (local.get $s2) (i32.const 6)) (i32.const 0x3fc))))
                  (i32.load offset=2048 (i32.and (i32.shr_u (local.get $s1) (i32.const 14)) (i32.const 0x3fc))))
                (i32.load offset=3072 (i32.and (i32.shr_u (local.get $s0) (i32.const 22)) (i32.const 0x3fc))))
              (i32.load offset=4364 (local.get $key))))
          (local.set $s0 (local.get $t0))
          (local.set $s1 (local.get $t1))
          (local.set $s2 (local.get $t2))
          (local.set $s3 (local.get $t3))
          (br_if $round (i32.lt_u (local.tee $key (i32.add (local.get $key) (i32.const 16))) (i32.const 224))))
        (i32.store offset=0 (local.get $from)
          (i32.xor (i32.xor (i32.load offset=4576 (i32.const 0)) (local.get $p0))
            (i32.or
              (i32.or
                (i32.or (i32.load8_u offset=4096 (i32.and (local.get $s0) (i32.const 0xff)))
                  (i32.shl (i32.load8_u offset=4096 (i32.and (i32.shr_u (local.get $s3) (i32.const 8)) (i32.const 0xff)))
                    (i32.const 8)))
                (i32.shl (i32.load8_u offset=4096 (i32.and (i32.shr_u (local.get $s2) (i32.const 16)) (i32.const 0xff)))
                  (i32.const 16)))
              (i32.shl (i32.load8_u offset=4096 (i32.shr_u (local.get $s1) (i32.const 24))) (i32.const 24)))))
        (i32.store offset=4 (local.get $from)
          (i32.xor (i32.xor (i32.load offset=4580 (i32.const 0)) (local.get $p1))
            (i32.or
              (i32.or
                (i32.or (i32.load8_u offset=4096 (i32.and (local.get $s1) (i32.const 0xff)))
                  (i32.shl (i32.load8_u offset=4096 (i32.and (i32.shr_u (local.get $s0) (i32.const 8)) (i32.const 0xff)))
                    (i32.const 8)))
                (i32.shl (i32.load8_u offset=4096 (i32.and (i32.shr_u (local.get $s3) (i32.const 16)) (i32.const 0xff)))
                  (i32.const 16)))
              (i32.shl (i32.load8_u offset=4096 (i32.shr_u (local.get $s2) (i32.const 24))) (i32.const 24)))))
        (i32.store offset=8 (local.get $from)
          (i32.xor (i32.xor (i32.load offset=4584 (i32.const 0)) (local.get $p2))
            (i32.or
              (i32.or
                (i32.or (i32.load8_u offset=4096 (i32.and (local.get $s2) (i32.const 0xff)))
                  (i32.shl (i32.load8_u offset=4096 (i32.and (i32.shr_u (local.get $s1) (i32.const 8)) (i32.const 0xff)))
                    (i32.const 8)))
                (i32.shl (i32.load8_u offset=4096 (i32.and (i32.shr_u (local.get $s0) (i32.const 16)) (i32.const 0xff)))
                  (i32.const 16)))
              (i32.shl (i32.load8_u offset=4096 (i32.shr_u (local.get $s3) (i32.const 24))) (i32.const 24)))))
        (i32.store offset=12 (local.get $from)
          (i32.xor (i32.xor (i32.load offset=4588 (i32.const 0)) (local.get $p3))
            (i32.or
              (i32.or
                (i32.or (i32.load8_u offset=4096 (i32.and (local.get $s3) (i32.const 0xff)))
                  (i32.shl (i32.load8_u offset=4096 (i32.and (i32.shr_u (local.get $s2) (i32.const 8)) (i32.const 0xff)))
                    (i32.const 8)))
                (i32.shl (i32.load8_u offset=4096 (i32.and (i32.shr_u (local.get $s1) (i32.const 16)) (i32.const 0xff)))
                  (i32.const 16)))
              (i32.shl (i32.load8_u offset=4096 (i32.shr_u (local.get $s0) (i32.const 24))) (i32.const 24)))))
        (local.set $p0 (local.get $c0))
        (local.set $p1 (local.get $c1))
        (local.set $p2 (local.get $c2))
        (local.set $p3 (local.get $c3))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (br $next))))
  ;; SHA-512 (FIPS 180-4, 6.4): blocks of 128 bytes in [$from, $to) into the state at 5248.
  (func (export "sha512") (param $from i32) (param $to i32)
    (local $at i32) (local $a i64) (local $b i64) (local $c i64) (local $d i64) (local $e i64) (local $f i64) (local $g i64)
    (local $h i64) (local $w i64) (local $x i64)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $at (i32.const 0))
        (loop $read
          (local.set $w (i64.load (i32.add (local.get $from) (local.get $at))))
          (local.set $w
            (i64.or (i64.and (i64.rotl (local.get $w) (i64.const 8)) (i64.const 0x000000ff000000ff))
              (i64.or (i64.and (i64.rotl (local.get $w) (i64.const 24)) (i64.const 0x0000ff000000ff00))
                (i64.or (i64.and (i64.rotr (local.get $w) (i64.const 24)) (i64.const 0x00ff000000ff0000))
                  (i64.and (i64.rotr (local.get $w) (i64.const 8)) (i64.const 0xff000000ff000000))))))
          (i64.store offset=5312 (local.get $at) (local.get $w))
          (br_if $read (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (i32.const 128))))
        (loop $extend
          (local.set $w (i64.load offset=5296 (local.get $at)))
          (local.set $x (i64.load offset=5192 (local.get $at)))
          (i64.store offset=5312 (local.get $at)
            (i64.add (i64.add (i64.load offset=5184 (local.get $at)) (i64.load offset=5256 (local.get $at)))
              (i64.add
                (i64.xor (i64.rotr (local.get $w) (i64.const 19))
                  (i64.xor (i64.rotr (local.get $w) (i64.const 61)) (i64.shr_u (local.get $w) (i64.const 6))))
                (i64.xor (i64.rotr (local.get $x) (i64.const 1))
                  (i64.xor (i64.rotr (local.get $x) (i64.const 8)) (i64.shr_u (local.get $x) (i64.const 7)))))))
          (br_if $extend (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (i32.const 640))))
        (local.set $a (i64.load offset=5248 (i32.const 0)))
        (local.set $b (i64.load offset=5256 (i32.const 0)))
        (local.set $c (i64.load offset=5264 (i32.const 0)))
        (local.set $d (i64.load offset=5272 (i32.const 0)))
        (local.set $e (i64.load offset=5280 (i32.const 0)))
        (local.set $f (i64.load offset=5288 (i32.const 0)))
        (local.set $g (i64.load offset=5296 (i32.const 0)))
        (local.set $h (i64.load offset=5304 (i32.const 0)))
        (local.set $at (i32.const 0))
        (loop $round
          (local.set $w
            (i64.add
              (i64.add (local.get $h)
                (i64.xor (i64.rotr (local.get $e) (i64.const 14))
                  (i64.xor (i64.rotr (local.get $e) (i64.const 18)) (i64.rotr (local.get $e) (i64.const 41)))))
              (i64.add (i64.xor (local.get $g) (i64.and (local.get $e) (i64.xor (local.get $f) (local.get $g))))
                (i64.add (i64.load offset=4608 (local.get $at)) (i64.load offset=5312 (local.get $at))))))
          (local.set $x
            (i64.add
              (i64.xor (i64.rotr (local.get $a) (i64.const 28))
                (i64.xor (i64.rotr (local.get $a) (i64.const 34)) (i64.rotr (local.get $a) (i64.const 39))))
              (i64.or (i64.and (local.get $a) (local.get $b)) (i64.and (local.get $c) (i64.or (local.get $a) (local.get $b))))))
          (local.set $h (local.get $g))
          (local.set $g (local.get $f))
          (local.set $f (local.get $e))
          (local.set $e (i64.add (local.get $d) (local.get $w)))
          (local.set $d (local.get $c))
          (local.set $c (local.get $b))
          (local.set $b (local.get $a))
          (local.set $a (i64.add (local.get $w) (local.get $x)))
          (br_if $round (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (i32.const 640))))
        (i64.store offset=5248 (i32.const 0) (i64.add (local.get $a) (i64.load offset=5248 (i32.const 0))))
        (i64.store offset=5256 (i32.const 0) (i64.add (local.get $b) (i64.load offset=5256 (i32.const 0))))
        (i64.store offset=5264 (i32.const 0) (i64.add (local.get $c) (i64.load offset=5264 (i32.const 0))))
        (i64.store offset=5272 (i32.const 0) (i64.add (local.get $d) (i64.load offset=5272 (i32.const 0))))
        (i64.store offset=5280 (i32.const 0) (i64.add (local.get $e) (i64.load offset=5280 (i32.const 0))))
        (i64.store offset=5288 (i32.const 0) (i64.add (local.get $f) (i64.load offset=5288 (i32.const 0))))
        (i64.store offset=5296 (i32.const 0) (i64.add (local.get $g) (i64.load offset=5296 (i32.const 0))))
        (i64.store offset=5304 (i32.const 0) (i64.add (local.get $h) (i64.load offset=5304 (i32.const 0))))
        (local.set $from (i32.add (local.get $from) (i32.const 128)))
        (br $next))))
  ;; SHA-256 (FIPS 180-4, 6.2): blocks of 64 bytes in [$from, $to) into the state at 5248. Its constants are the upper halves of SHA-512's.
  (func (export "sha256") (param $from i32) (param $to i32)
    (local $at i32) (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $e i32) (local $f i32) (local $g i32)
    (local $h i32) (local $w i32) (local $x i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $at (i32.const 0))
        (loop $read
          (local.set $w (i32.load (i32.add (local.get $from) (local.get $at))))
          (i32.store offset=5312 (local.get $at)
            (i32.or (i32.and (i32.rotl (local.get $w) (i32.const 8)) (i32.const 0x00ff00ff))
              (i32.and (i32.rotr (local.get $w) (i32.const 8)) (i32.const 0xff00ff00))))
          (br_if $read (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 64))))
        (loop $extend
          (local.set $w (i32.load offset=5304 (local.get $at)))
          (local.set $x (i32.load offset=5252 (local.get $at)))
          (i32.store offset=5312 (local.get $at)
            (i32.add (i32.add (i32.load offset=5248 (local.get $at)) (i32.load offset=5284 (local.get $at)))
              (i32.add
                (i32.xor (i32.rotr (local.get $w) (i32.const 17))
                  (i32.xor (i32.rotr (local.get $w) (i32.const 19)) (i32.shr_u (local.get $w) (i32.const 10))))
                (i32.xor (i32.rotr (local.get $x) (i32.const 7))
                  (i32.xor (i32.rotr (local.get $x) (i32.const 18)) (i32.shr_u (local.get $x) (i32.const 3)))))))
          (br_if $extend (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 256))))
        (local.set $a (i32.load offset=5248 (i32.const 0)))
        (local.set $b (i32.load offset=5252 (i32.const 0)))
        (local.set $c (i32.load offset=5256 (i32.const 0)))
        (local.set $d (i32.load offset=5260 (i32.const 0)))
        (local.set $e (i32.load offset=5264 (i32.const 0)))
        (local.set $f (i32.load offset=5268 (i32.const 0)))
        (local.set $g (i32.load offset=5272 (i32.const 0)))
        (local.set $h (i32.load offset=5276 (i32.const 0)))
        (local.set $at (i32.const 0))
        (loop $round
          (local.set $w
            (i32.add
              (i32.add (local.get $h)
                (i32.xor (i32.rotr (local.get $e) (i32.const 6))
                  (i32.xor (i32.rotr (local.get $e) (i32.const 11)) (i32.rotr (local.get $e) (i32.const 25)))))
              (i32.add (i32.xor (local.get $g) (i32.and (local.get $e) (i32.xor (local.get $f) (local.get $g))))
                (i32.add (i32.load offset=4612 (i32.shl (local.get $at) (i32.const 1))) (i32.load offset=5312 (local.get $at))))))
          (local.set $x
            (i32.add
              (i32.xor (i32.rotr (local.get $a) (i32.const 2))
                (i32.xor (i32.rotr (local.get $a) (i32.const 13)) (i32.rotr (local.get $a) (i32.const 22))))
              (i32.or (i32.and (local.get $a) (local.get $b)) (i32.and (local.get $c) (i32.or (local.get $a) (local.get $b))))))
          (local.set $h (local.get $g))
          (local.set $g (local.get $f))
          (local.set $f (local.get $e))
          (local.set $e (i32.add (local.get $d) (local.get $w)))
          (local.set $d (local.get $c))
          (local.set $c (local.get $b))
          (local.set $b (local.get $a))
          (local.set $a (i32.add (local.get $w) (local.get $x)))
          (br_if $round (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 256))))
        (i32.store offset=5248 (i32.const 0) (i32.add (local.get $a) (i32.load offset=5248 (i32.const 0))))
        (i32.store offset=5252 (i32.const 0) (i32.add (local.get $b) (i32.load offset=5252 (i32.const 0))))
        (i32.store offset=5256 (i32.const 0) (i32.add (local.get $c) (i32.load offset=5256 (i32.const 0))))
        (i32.store offset=5260 (i32.const 0) (i32.add (local.get $d) (i32.load offset=5260 (i32.const 0))))
        (i32.store offset=5264 (i32.const 0) (i32.add (local.get $e) (i32.load offset=5264 (i32.const 0))))
        (i32.store offset=5268 (i32.const 0) (i32.add (local.get $f) (i32.load offset=5268 (i32.const 0))))
        (i32.store offset=5272 (i32.const 0) (i32.add (local.get $g) (i32.load offset=5272 (i32.const 0))))
        (i32.store offset=5276 (i32.const 0) (i32.add (local.get $h) (i32.load offset=5276 (i32.const 0))))
        (local.set $from (i32.add (local.get $from) (i32.const 64)))
        (br $next))))
  ;; SHA-1 (FIPS 180-4, 6.1): blocks of 64 bytes in [$from, $to) into the state at 5248.
  (func (export "sha1") (param $from i32) (param $to i32)
    (local $at i32) (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $e i32) (local $w i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $at (i32.const 0))
        (loop $read
          (local.set $w (i32.load (i32.add (local.get $from) (local.get $at))))
          (i32.store offset=5312 (local.get $at)
            (i32.or (i32.and (i32.rotl (local.get $w) (i32.const 8)) (i32.const 0x00ff00ff))
              (i32.and (i32.rotr (local.get $w) (i32.const 8)) (i32.const 0xff00ff00))))
          (br_if $read (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 64))))
        (loop $extend
          (i32.store offset=5312 (local.get $at)
            (i32.rotl
              (i32.xor (i32.xor (i32.load offset=5300 (local.get $at)) (i32.load offset=5280 (local.get $at)))
                (i32.xor (i32.load offset=5256 (local.get $at)) (i32.load offset=5248 (local.get $at))))
              (i32.const 1)))
          (br_if $extend (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 320))))
        (local.set $a (i32.load offset=5248 (i32.const 0)))
        (local.set $b (i32.load offset=5252 (i32.const 0)))
        (local.set $c (i32.load offset=5256 (i32.const 0)))
        (local.set $d (i32.load offset=5260 (i32.const 0)))
        (local.set $e (i32.load offset=5264 (i32.const 0)))
        (local.set $at (i32.const 0))
        (loop $choose
          (local.set $w
            (i32.add (i32.add (i32.rotl (local.get $a) (i32.const 5)) (local.get $e))
              (i32.add (i32.xor (local.get $d) (i32.and (local.get $b) (i32.xor (local.get $c) (local.get $d))))
                (i32.add (i32.const 0x5a827999) (i32.load offset=5312 (local.get $at))))))
          (local.set $e (local.get $d))
          (local.set $d (local.get $c))
          (local.set $c (i32.rotl (local.get $b) (i32.const 30)))
          (local.set $b (local.get $a))
          (local.set $a (local.get $w))
          (br_if $choose (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 80))))
        (loop $parity
          (local.set $w
            (i32.add (i32.add (i32.rotl (local.get $a) (i32.const 5)) (local.get $e))
              (i32.add (i32.xor (local.get $b) (i32.xor (local.get $c) (local.get $d)))
                (i32.add (i32.const 0x6ed9eba1) (i32.load offset=5312 (local.get $at))))))
          (local.set $e (local.get $d))
          (local.set $d (local.get $c))
          (local.set $c (i32.rotl (local.get $b) (i32.const 30)))
          (local.set $b (local.get $a))
          (local.set $a (local.get $w))
          (br_if $parity (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 160))))
        (loop $majority
          (local.set $w
            (i32.add (i32.add (i32.rotl (local.get $a) (i32.const 5)) (local.get $e))
              (i32.add
                (i32.or (i32.and (local.get $b) (local.get $c)) (i32.and (local.get $d) (i32.or (local.get $b) (local.get $c))))
                (i32.add (i32.const 0x8f1bbcdc) (i32.load offset=5312 (local.get $at))))))
          (local.set $e (local.get $d))
          (local.set $d (local.get $c))
          (local.set $c (i32.rotl (local.get $b) (i32.const 30)))
          (local.set $b (local.get $a))
          (local.set $a (local.get $w))
          (br_if $majority (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 240))))
        (loop $parityAgain
          (local.set $w
            (i32.add (i32.add (i32.rotl (local.get $a) (i32.const 5)) (local.get $e))
              (i32.add (i32.xor (local.get $b) (i32.xor (local.get $c) (local.get $d)))
                (i32.add (i32.const 0xca62c1d6) (i32.load offset=5312 (local.get $at))))))
          (local.set $e (local.get $d))
          (local.set $d (local.get $c))
          (local.set $c (i32.rotl (local.get $b) (i32.const 30)))
          (local.set $b (local.get $a))
          (local.set $a (local.get $w))
          (br_if $parityAgain (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 320))))
        (i32.store offset=5248 (i32.const 0) (i32.add (local.get $a) (i32.load offset=5248 (i32.const 0))))
        (i32.store offset=5252 (i32.const 0) (i32.add (local.get $b) (i32.load offset=5252 (i32.const 0))))
        (i32.store offset=5256 (i32.const 0) (i32.add (local.get $c) (i32.load offset=5256 (i32.const 0))))
        (i32.store offset=5260 (i32.const 0) (i32.add (local.get $d) (i32.load offset=5260 (i32.const 0))))
        (i32.store offset=5264 (i32.const 0) (i32.add (local.get $e) (i32.load offset=5264 (i32.const 0))))
        (local.set $from (i32.add (local.get $from) (i32.const 64)))
        (br $next)))))
