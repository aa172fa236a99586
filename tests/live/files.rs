//! Tests that a lesson on a private engine can read and change the machine's files, and that none of the changes
//! reaches the machine.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::project::{Project, block, lesson};

/// The name of an image in the pack.
const IMAGE: &str = "busybox:1.35";

/// Lists the files in the folders that a lesson could change, with their modes, owners, sizes and modification times.
fn listing() -> BTreeSet<String> {
    let script = "find /usr /opt /home /srv /boot /etc -xdev -printf '%p %y %m %U:%G %s %T@\\n'; \
                  find / /root /var /var/lib /tmp /dev -xdev -maxdepth 1 -printf '%p %y %m %U:%G\\n'";
    let output = Command::new("bash").args(["-c", script]).output().expect("find");
    let text = String::from_utf8_lossy(&output.stdout);
    // Other tests that run at the same time create folders in /tmp.
    text.lines().filter(|line| !line.starts_with("/tmp/")).map(str::to_owned).collect()
}

/// Returns a lesson of one step. `text` contains the commands of the step with their output.
fn commands(text: &str) -> String {
    lesson(&[("berkas", &block("console", text))])
}

#[test]
fn lesson_that_writes_everywhere_changes_no_file_of_the_machine() {
    let console = r"
$ for dir in / /usr/local/bin /opt /home /root /var /etc /srv /tmp; do touch $dir/satu; ls $dir/satu; done | wc -l
9
$ rm /usr/bin/yes; test -e /usr/bin/yes || echo hilang; chmod 700 /usr/bin/nl; stat -c %a /usr/bin/nl
hilang
700
$ mv /usr/share/doc/bash /usr/share/doc/satu && chown 1:1 /home && ls -d /usr/share/doc/satu
/usr/share/doc/satu
$ for dir in / /opt /dev /tmp; do mknod $dir/diska b 7 0 && ! head -c1 $dir/diska; done 2>&1 | grep -c denied
4
$ touch /proc/1/root/root/satu 2>&1 | grep -c Read-only; chmod 600 /dev/null 2>&1 | grep -c Read-only
1
1
$ echo halo > /dev/null; head -c4 /dev/zero | wc -c; ls -x -w 200 /dev
4
diska  fd  full  mqueue  null  ptmx  pts  random  shm  stderr  stdin  stdout  tty  urandom  zero
$ tty; stty size; test -w $(tty) && echo siap
/dev/pts/0
200 100
siap
";
    let check = block("check", "run: [\"cat /opt/satu && ls /usr/local/bin/satu\"]\nexit: 0\n");
    let text = lesson(&[("tulis", &format!("{}{check}", block("console", console.trim_start())))]);
    let project = Project::with(&text);
    let before = listing();
    project.with_engine(["test", "lesson.md"]).run().code(0).is_clean();
    let after = listing();
    let changed: Vec<_> = before.symmetric_difference(&after).collect();
    assert!(changed.is_empty(), "{changed:#?}");
    assert!(before.len() > 1000, "{}", before.len());
}

#[test]
fn package_that_a_lesson_installs_is_not_installed_on_the_machine() {
    let console = r"
$ mkdir -p p/DEBIAN p/usr/bin && echo 'echo halo' > p/usr/bin/coba && chmod 755 p/usr/bin/coba
$ printf '%s: %s\n' Package coba Version 1 Architecture all Maintainer a Description a > p/DEBIAN/control
$ dpkg-deb -b p > /dev/null && apt-get install -qq -y ./p.deb > /dev/null 2>&1; coba; dpkg-query -W coba
halo
coba    1
";
    let project = Project::with(&commands(console.trim_start()));
    project.with_engine(["test", "lesson.md"]).run().code(0).is_clean();
    assert!(!Path::new("/usr/bin/coba").exists());
    let known = Command::new("dpkg-query").args(["-W", "coba"]).output().expect("dpkg-query");
    assert!(!known.status.success());
}

#[test]
fn containers_and_the_lessons_shell_see_the_same_files() {
    let console = format!(
        r#"
$ docker pull -q {IMAGE}
...
$ echo dari-shell > /srv/satu
$ docker run --rm -v /srv:/s -v "$PWD":/d {IMAGE} sh -c 'cat /s/satu; echo dari-kontainer > /s/dua; echo tetap > /d/tiga'
dari-shell
$ cat /srv/dua tiga
dari-kontainer
tetap
$ docker run --rm -v /usr/bin:/b {IMAGE} rm /b/yes; ls /usr/bin/yes 2>&1 | grep -c 'No such file'
1
"#
    );
    let project = Project::with(&commands(console.trim_start()));
    project.with_engine(["test", "lesson.md"]).run().code(0).is_clean();
    assert!(!Path::new("/srv/satu").exists() && !Path::new("/srv/dua").exists() && Path::new("/usr/bin/yes").exists());
}

/// Runs the lesson `text` in a mount namespace that `script` has prepared. The script can mount file systems in the
/// folder `$free`. Returns the standard error.
fn run_where(script: &str, text: &str) -> String {
    let project = Project::with(text);
    let free = project.root().join("free");
    std::fs::create_dir(&free).expect("a folder");
    let script = format!("set -e\n{script}\n\"$@\"");
    let free = free.display().to_string();
    let enter = ["--mount", "--propagation", "private", "env", &format!("free={free}"), "bash", "-c", &script, "bash"];
    let words = [&enter[..], &[env!("CARGO_BIN_EXE_dermaga")]].concat();
    project.program("unshare", &words).args(["test", "lesson.md"]).run().code(0).is_clean().err
}

#[test]
fn lesson_reads_every_mounted_file_system_and_changes_none() {
    let console = r"
$ cd /home/dermaga-uji && cat a/isi 'b,c:d e/isi' a/dalam/isi baca/isi berkas
satu
dua
tiga
empat
lima
$ touch a/x 'b,c:d e/x' a/dalam/x && ls -1 a && stat -c %a a
dalam
isi
x
1777
$ touch baca/x 2>&1 | grep -c Read-only; cp a/isi berkas 2>&1 | grep -c Read-only
1
1
";
    let prepare = r#"
        mount -t tmpfs tmpfs /home; mkdir /home/dermaga-uji; cd /home/dermaga-uji; mkdir a 'b,c:d e' baca
        mount -t tmpfs -o mode=1777 tmpfs a; mount -t tmpfs tmpfs 'b,c:d e'; mkdir a/dalam; mount -t tmpfs tmpfs a/dalam
        echo satu > a/isi; echo dua > 'b,c:d e/isi'; echo tiga > a/dalam/isi
        mkdir "$free/baca"; echo empat > "$free/baca/isi"; mount --bind "$free/baca" baca; mount -o remount,bind,ro baca
        echo lima > "$free/lima"; touch berkas; mount --bind "$free/lima" berkas; cd "$OLDPWD"
        trap 'find /home/dermaga-uji -name x 1>&2' EXIT"#;
    let left = run_where(prepare, &commands(console.trim_start()));
    assert!(!left.lines().any(|line| line.ends_with("/x")), "{left}");
}

#[test]
fn lesson_runs_if_the_root_is_an_overlay_or_a_bind_mount() {
    let text = commands("$ touch /usr/satu /root/satu /home/satu && ls /usr/satu; tty\n/usr/satu\n/dev/pts/0\n");
    let kernel =
        "mount -t proc proc \"$free\"/r/proc; mount --rbind /sys \"$free\"/r/sys; mount --rbind /dev \"$free\"/r/dev";
    for prepare in [
        "mkdir \"$free\"/r; mount --rbind / \"$free\"/r".to_owned(),
        format!(
            "mount -t tmpfs tmpfs \"$free\"; mkdir \"$free\"/u \"$free\"/w \"$free\"/r; mount -t overlay overlay \
             -o lowerdir=/,upperdir=\"$free\"/u,workdir=\"$free\"/w \"$free\"/r; {kernel}; \
             trap 'find \"$free\"/u -name satu 1>&2' EXIT"
        ),
    ] {
        let here = "here=$PWD; set -- chroot \"$free\"/r env -C \"$here\" \"$@\"";
        let left = run_where(&format!("{prepare}\n{here}"), &text);
        assert!(!left.contains("satu"), "{left}");
    }
    assert!(!Path::new("/usr/satu").exists());
}

#[test]
fn root_that_cannot_be_the_lower_layer_of_an_overlay_is_refused() {
    let project = Project::with(&commands("$ true"));
    let free = project.root().join("free");
    std::fs::create_dir(&free).expect("a folder");
    let script = "set -e; mount -t tmpfs tmpfs \"$free\"; cd \"$free\"; mkdir u w r u2 w2 s; \
        mount -t overlay overlay -o lowerdir=/,upperdir=u,workdir=w r; \
        mount -t overlay overlay -o lowerdir=r,upperdir=u2,workdir=w2 s; cd s; mount -t proc proc proc; \
        mount --rbind /sys sys; mount --rbind /dev dev; exec chroot . env -C \"$OLDPWD/../work\" \"$@\"";
    let free = format!("free={}", free.display());
    let words = ["--mount", "--propagation", "private", "env", &free, "bash", "-c", script, "bash"];
    let words = [&words[..], &[env!("CARGO_BIN_EXE_dermaga")]].concat();
    for (lang, says) in [("en", "beneath an overlay"), ("id", "di bawah overlay")] {
        let run = project.program("unshare", &words).args(["test", "--lang", lang, "lesson.md"]).run();
        run.code(4).complains(&[says, "--engine current"]).is_clean();
    }
}
