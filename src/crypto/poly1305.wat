;; The multiplication loop of Poly1305 (RFC 8439, section 2.5.1): h = (h + block) * r mod 2^130 - 5 for each block of 16 bytes.
;; Numbers are limbs of 32 bits, as a block has them: four of r, five of h, whose last is small. What exceeds 2^130 folds by 5; since the
;; clamped r has zeros in the two lowest bits of its upper limbs, 5 * (r / 4) = r / 4 + r is whole there. r is below 2^28 a limb and a sum
;; of h and a block below 2^33, so that five products stay below 2^64.
;; Memory: at 0 the limbs of r as i64, at 40 those of h, at 128 the message. The caller clamps r, pads, and reduces h at the end.
(module
  (memory (export "memory") 5)
  ;; $from, $to: where whole blocks lie; $high: 1 for whole blocks, 0 for one that carries its own end mark.
  (func (export "multiply") (param $from i32) (param $to i32) (param $high i64)
    (local $r0 i64) (local $r1 i64) (local $r2 i64) (local $r3 i64)
    ;; 5 * (r / 4), for what lies 2^128 higher; of r0 the two lowest bits stay, for the last limb.
    (local $s0 i64) (local $s1 i64) (local $s2 i64) (local $s3 i64) (local $rest i64)
    (local $h0 i64) (local $h1 i64) (local $h2 i64) (local $h3 i64) (local $h4 i64)
    (local $d0 i64) (local $d1 i64) (local $d2 i64) (local $d3 i64) (local $d4 i64)
    (local.set $r0 (i64.load (i32.const 0)))
    (local.set $r1 (i64.load (i32.const 8)))
    (local.set $r2 (i64.load (i32.const 16)))
    (local.set $r3 (i64.load (i32.const 24)))
    (local.set $s0 (i64.mul (i64.shr_u (local.get $r0) (i64.const 2)) (i64.const 5)))
    (local.set $s1 (i64.add (i64.shr_u (local.get $r1) (i64.const 2)) (local.get $r1)))
    (local.set $s2 (i64.add (i64.shr_u (local.get $r2) (i64.const 2)) (local.get $r2)))
    (local.set $s3 (i64.add (i64.shr_u (local.get $r3) (i64.const 2)) (local.get $r3)))
    (local.set $rest (i64.and (local.get $r0) (i64.const 3)))
    (local.set $h0 (i64.load (i32.const 40)))
    (local.set $h1 (i64.load (i32.const 48)))
    (local.set $h2 (i64.load (i32.const 56)))
    (local.set $h3 (i64.load (i32.const 64)))
    (local.set $h4 (i64.load (i32.const 72)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        ;; h += block
        (local.set $h0 (i64.add (local.get $h0) (i64.load32_u (local.get $from))))
        (local.set $h1 (i64.add (local.get $h1) (i64.load32_u offset=4 (local.get $from))))
        (local.set $h2 (i64.add (local.get $h2) (i64.load32_u offset=8 (local.get $from))))
        (local.set $h3 (i64.add (local.get $h3) (i64.load32_u offset=12 (local.get $from))))
        (local.set $h4 (i64.add (local.get $h4) (local.get $high)))
        ;; d = h * r
        (local.set $d0 (i64.add (i64.add (i64.add (i64.add
          (i64.mul (local.get $h0) (local.get $r0)) (i64.mul (local.get $h1) (local.get $s3)))
          (i64.mul (local.get $h2) (local.get $s2))) (i64.mul (local.get $h3) (local.get $s1)))
          (i64.mul (local.get $h4) (local.get $s0))))
        (local.set $d1 (i64.add (i64.add (i64.add (i64.add
          (i64.mul (local.get $h0) (local.get $r1)) (i64.mul (local.get $h1) (local.get $r0)))
          (i64.mul (local.get $h2) (local.get $s3))) (i64.mul (local.get $h3) (local.get $s2)))
          (i64.mul (local.get $h4) (local.get $s1))))
        (local.set $d2 (i64.add (i64.add (i64.add (i64.add
          (i64.mul (local.get $h0) (local.get $r2)) (i64.mul (local.get $h1) (local.get $r1)))
          (i64.mul (local.get $h2) (local.get $r0))) (i64.mul (local.get $h3) (local.get $s3)))
          (i64.mul (local.get $h4) (local.get $s2))))
        (local.set $d3 (i64.add (i64.add (i64.add (i64.add
          (i64.mul (local.get $h0) (local.get $r3)) (i64.mul (local.get $h1) (local.get $r2)))
          (i64.mul (local.get $h2) (local.get $r1))) (i64.mul (local.get $h3) (local.get $r0)))
          (i64.mul (local.get $h4) (local.get $s3))))
        (local.set $d4 (i64.add (i64.mul (local.get $h4) (local.get $rest)) (i64.shr_u (local.get $d3) (i64.const 32))))
        ;; carry: what exceeds 2^130 first, then from limb to limb
        (local.set $h0 (i64.add (i64.mul (i64.shr_u (local.get $d4) (i64.const 2)) (i64.const 5))
          (i64.and (local.get $d0) (i64.const 0xffffffff))))
        (local.set $h1 (i64.add (i64.add (i64.shr_u (local.get $h0) (i64.const 32))
          (i64.and (local.get $d1) (i64.const 0xffffffff))) (i64.shr_u (local.get $d0) (i64.const 32))))
        (local.set $h2 (i64.add (i64.add (i64.shr_u (local.get $h1) (i64.const 32))
          (i64.and (local.get $d2) (i64.const 0xffffffff))) (i64.shr_u (local.get $d1) (i64.const 32))))
        (local.set $h3 (i64.add (i64.add (i64.shr_u (local.get $h2) (i64.const 32))
          (i64.and (local.get $d3) (i64.const 0xffffffff))) (i64.shr_u (local.get $d2) (i64.const 32))))
        (local.set $h4 (i64.add (i64.shr_u (local.get $h3) (i64.const 32)) (i64.and (local.get $d4) (i64.const 3))))
        (local.set $h0 (i64.and (local.get $h0) (i64.const 0xffffffff)))
        (local.set $h1 (i64.and (local.get $h1) (i64.const 0xffffffff)))
        (local.set $h2 (i64.and (local.get $h2) (i64.const 0xffffffff)))
        (local.set $h3 (i64.and (local.get $h3) (i64.const 0xffffffff)))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (br $next)))
    (i64.store (i32.const 40) (local.get $h0))
    (i64.store (i32.const 48) (local.get $h1))
    (i64.store (i32.const 56) (local.get $h2))
    (i64.store (i32.const 64) (local.get $h3))
    (i64.store (i32.const 72) (local.get $h4))))
