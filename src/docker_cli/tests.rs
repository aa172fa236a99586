//! Tests how docker calls are parsed, and which calls have the same effect.

use super::*;

fn one(line: &str) -> DockerCommand {
    docker_commands(line).into_iter().next().unwrap_or_else(|| panic!("no call: {line}"))
}

#[test]
fn command_table_has_each_name_and_each_option_only_once() {
    let mut names = std::collections::BTreeSet::new();
    for command in table::COMMANDS.iter() {
        for name in std::iter::once(command.name).chain(command.other_names.iter().copied()) {
            assert!(names.insert(name), "{name}");
            assert_eq!(find_command(name), Some(command));
        }
        let mut options = std::collections::BTreeSet::new();
        for option in &command.options {
            let letter = option.short.map(String::from);
            let all = [option.long].into_iter().chain(option.other_names.iter().copied());
            for name in all.map(str::to_owned).chain(letter) {
                assert!(!name.is_empty() && options.insert(name.clone()), "{}: {name}", command.name);
            }
        }
    }
    assert!(names.len() > 200);
}

#[test]
fn docker_calls_are_found_in_shell_text_in_their_order() {
    let names = |line| docker_commands(line).iter().map(|call| call.familiar_name().to_owned()).collect::<Vec<_>>();
    assert_eq!(names("docker ps"), ["ps"]);
    assert_eq!(names("cd x && sudo docker -H unix:///x container run a; docker image rm b | cat"), ["run", "rmi"]);
    assert_eq!(names("A=1 DOCKER_HOST=x docker network rm toko"), ["network rm"]);
    assert_eq!(names("docker compose -f x.yaml up -d"), ["compose up"]);
    assert_eq!(names("docker-compose --file=x.yaml up -d"), ["compose up"]);
    assert_eq!(names("docker buildx --builder b imagetools inspect x"), ["buildx imagetools inspect"]);
    assert_eq!(names("docker image prune -f"), ["image prune"]);
    assert_eq!(names("docker rm $(docker ps -aq)"), ["rm", "ps"]);
    assert_eq!(names("if docker info; then docker ps; fi"), ["info", "ps"]);
    assert_eq!(names("echo docker ps # docker ps\n./docker.sh 'docker ps'"), Vec::<String>::new());
    assert_eq!(names("docker"), [""]);
    assert_eq!(names("docker network craete x"), ["network craete"]);
}

#[test]
fn options_are_distinguished_from_arguments() {
    let run = one(r#"docker run -dp 8080:80 --name=web --rm -v "$(pwd)/a b":/x -e A=1 nginx:alpine nginx -g off"#);
    assert_eq!(run.first(), Some("nginx:alpine"));
    assert_eq!(run.tail, ["nginx", "-g", "off"]);
    assert_eq!(
        (run.value("name"), run.value("publish"), run.value("volume")),
        (Some("web"), Some("8080:80"), Some("$(pwd)/a b:/x"))
    );
    assert!(run.has("detach") && run.has("rm") && !run.has("tty"));
    assert_eq!(one("docker run -p8080:80 nginx").value("publish"), Some("8080:80"));
    assert_eq!(one("docker run -p=8080:80 nginx").value("publish"), Some("8080:80"));
    assert_eq!(one("docker run --platform linux/arm64 -- nginx -d").tail, ["-d"]);
    assert!(!one("docker run --rm=false nginx").has("rm"));
    assert_eq!(one("docker exec -it web sh -c 'a; b'").tail, ["sh", "-c", "a; b"]);
    assert_eq!(one("docker run -d \\\n  nginx 2>&1").operands().collect::<Vec<_>>(), ["nginx"]);
    assert_eq!(one("docker run –name web busybox").first(), Some("–name"));
    // Options of `docker rm` may follow the arguments.
    let rm = one("docker rm web -f -- -x");
    assert!(rm.has("force"));
    assert_eq!(rm.arguments, ["web", "-x"]);
    let remote = one("docker --context node-b -D images");
    assert_eq!((remote.name(), remote.global[0].value.as_deref()), ("image ls", Some("node-b")));
    assert_eq!(one("docker run -name web x").options[0].typed, "-n");
}

#[test]
fn operand_has_the_kind_that_the_command_table_gives() {
    let operand = |name: &str, at| find_command(name).expect(name).operand(at);
    assert_eq!(operand("run", 0), Operand::Image);
    assert_eq!(operand("run", 3), Operand::Command);
    assert_eq!((operand("rm", 0), operand("rm", 9)), (Operand::Container, Operand::Container));
    assert_eq!((operand("network connect", 0), operand("network connect", 1)), (Operand::Network, Operand::Container));
    assert_eq!((operand("rename", 1), operand("rename", 2)), (Operand::Other, Operand::Other));
}

#[test]
fn only_looks_holds_for_read_only_commands_and_requests_for_help() {
    for line in
        ["docker ps", "docker images", "docker container inspect x", "docker run --help", "docker --version", "docker"]
    {
        assert!(one(line).only_looks(), "{line}");
    }
    for line in ["docker run x", "docker rm x", "docker pull x", "docker rnu", "docker run x --help", "docker login"] {
        assert!(!one(line).only_looks(), "{line}");
    }
}

#[test]
fn nearest_command_corrects_common_misspellings() {
    for (word, near) in [("rnu", "run"), ("imagse", "images"), ("pss", "ps"), ("contaner", "container")] {
        assert_eq!(nearest_command(word), Some(near), "{word}");
    }
    assert_eq!(nearest_command("move"), None);
    assert!(subcommands("network").any(|word| word == "create"));
    assert!(subcommands("buildx imagetools").any(|word| word == "inspect"));
    assert!(command_names().any(|word| word == "rmi") && command_names().all(|word| word != "docker"));
}

#[test]
fn lines_with_the_same_effect_are_the_same() {
    for (one, other) in [
        ("docker ps", "  docker   ps "),
        ("docker inspect -f '{{ .Id }} {{.Name }}' x", "docker inspect --format '{{.Id}} {{.Name}}' x"),
        ("docker container inspect -f '{{.State.ExitCode}}' x", "docker inspect --format '{{.State.ExitCode}}' x"),
        ("docker ps;", "docker ps # all"),
        ("docker ps -a", "docker container ls --all"),
        ("docker ps -aq", "docker ps -q -a"),
        ("docker images", "docker image list"),
        ("docker rmi mongo:4.1", "docker image rm 'mongo:4.1'"),
        ("docker run -d --name web -p 8080:80 nginx", "docker run --publish=8080:80 --detach --name=web nginx"),
        ("docker run -it alpine sh", "docker container run -ti alpine sh"),
        ("docker run -itd alpine", "docker run -d -i --tty alpine"),
        ("docker run -dp 8080:80 nginx", "docker run -d -p 8080:80 nginx"),
        ("docker run -p8080:80 nginx", "docker run -p 8080:80 nginx"),
        ("docker run -p 1:1 -p 2:2 x", "docker run -p 2:2 -p 1:1 x"),
        ("docker stop --time 1 web", "docker stop -t 1 web"),
        ("docker stop --timeout 1 web", "docker stop --time=1 web"),
        ("docker run --net host x", "docker run --network=host x"),
        ("docker logs --tail 5 web", "docker logs web -n 5"),
        ("docker logs --tail 9 --tail 5 web", "docker logs web -n 5"),
        ("docker run alpine echo \"halo dunia\"", "docker run alpine echo 'halo dunia'"),
        ("docker run \\\n  -d nginx", "docker run -d nginx"),
        ("docker ps|wc -l", "docker ps | wc -l"),
        ("docker rm -f a b", "docker rm a b --force"),
        ("docker run --name sapa hello-world", "docker run --name sapa hello-world:latest"),
        ("docker pull hello-world", "docker pull docker.io/library/hello-world"),
        ("docker tag a b", "docker image tag a:latest b:latest"),
        ("docker build -t web .", "docker build . --tag web:latest"),
        ("docker buildx build .", "docker image build ."),
        ("docker run --rm=true x", "docker run --rm x"),
        ("docker run --rm=false --sig-proxy x", "docker run x"),
        ("docker inspect --format {{.State.ExitCode}} gagal", "docker inspect -f '{{.State.ExitCode}}' gagal"),
        ("docker --context=b ps", "docker -c b ps"),
        ("docker ps\ndocker images", "docker ps; docker images"),
        ("docker ps > f 2>&1", "docker ps >f 2>&1"),
        ("key=$(docker inspect -f '{{.Id}}' a\n)", "key=$(docker inspect --format '{{.Id}}' a)"),
        ("key=\"$(docker images -q a)\"", "key=$(docker images --quiet a)"),
    ] {
        assert!(are_same_lines(one, other), "{one} / {other}");
    }
}

#[test]
fn lines_with_different_effects_are_not_the_same() {
    for (one, other) in [
        ("docker ps", "docker ps -a"),
        ("key=$(docker images -q a)", "key=$(docker images -q b)"),
        ("key=$(docker images -q a)", "kay=$(docker images -q a)"),
        ("key=$(docker images -q a)", "key='$(docker images -q a)'"),
        ("docker stop web", "docker start web"),
        ("docker run -rm alpine", "docker run --rm alpine"),
        ("docker run alpine ls -a -l", "docker run alpine ls -l -a"),
        ("docker run alpine echo '$HOME'", "docker run alpine echo \"$HOME\""),
        ("docker run -p 8080:80 nginx", "docker run -p 80:8080 nginx"),
        ("docker run nginx -d", "docker run -d nginx"),
        ("docker rm a b", "docker rm b a"),
        ("docker pull mongo", "docker pull Mongo"),
        ("docker pull mongo", "docker pull mongo:4.1"),
        ("docker run -e A=1 x", "docker run -e A=2 x"),
        ("docker run -e A=1 x", "docker run -e A=1 -e B=2 x"),
        ("docker rm mongo", "docker rm mongo:latest"),
        ("docker run --sig-proxy=false x", "docker run x"),
        ("docker -c b ps", "docker ps"),
        ("sudo docker ps", "docker ps"),
        ("docker ps > f", "docker ps > g"),
        ("echo 'a", "echo a"),
        ("docker", ""),
        ("docker ps | wc", "docker ps || wc"),
        ("docker ps && ls", "docker ps; ls"),
    ] {
        assert!(!are_same_lines(one, other), "{one} / {other}");
    }
}

#[test]
fn docker_stop_with_a_wait_time_is_the_same_stop() {
    let wanted = "docker stop kapal";
    for typed in ["docker stop -t 2 kapal", "docker container stop --time=2 kapal", "docker stop kapal"] {
        assert!(is_same_stop(typed, wanted), "{typed}");
    }
    for typed in ["docker stop -t 2 perahu", "docker kill kapal", "docker stop -s KILL kapal", "docker stop kapal; ls"]
    {
        assert!(!is_same_stop(typed, wanted), "{typed}");
    }
    assert!(!is_same_stop(wanted, "docker stop -t 2 kapal"));
    assert!(!is_same_stop("docker rm -t 2 kapal", "docker rm kapal"));
}

#[test]
fn typed_line_fulfils_a_pattern_if_it_contains_the_command() {
    for (typed, wanted) in [
        ("docker container ls -qa", "docker ps -a"),
        ("cd /x && docker ps --all | wc -l", "docker ps -a"),
        ("docker logs -f --tail 3 kabar", "docker logs NAMA"),
        ("docker run --rm alpine:3.20 echo hi", "docker run …"),
        ("docker run x", "docker run …"),
        ("docker run -d x sh", "docker run"),
        ("curl -s localhost", "curl"),
        ("docker exec -it kotak cat /tanda", "docker exec kotak cat /tanda"),
        ("docker -H unix:///x version", "docker -H … version"),
        ("docker version", "docker version"),
        ("curl -s localhost:5000/v2/_catalog", "curl localhost:5000/v2/_catalog"),
        ("sudo docker info", "docker system info"),
        ("x=$(docker ps -q -a)", "docker ps -a"),
        ("docker pull docker.io/library/mongo:4.1", "docker pull mongo:4.1"),
    ] {
        assert!(fulfils(typed, wanted), "{typed} / {wanted}");
    }
    for (typed, wanted) in [
        ("docker ps", "docker ps -a"),
        ("docker version", "docker -H … version"),
        ("docker exec kotak cat tanda", "docker exec kotak cat /tanda"),
        ("docker logs", "docker logs NAMA"),
        ("docker pull mongo", "docker pull mongo:4.1"),
        ("echo docker ps -a", "docker ps -a"),
        ("curl x localhost", "curl localhost"),
        ("", "docker ps"),
    ] {
        assert!(!fulfils(typed, wanted), "{typed} / {wanted}");
    }
}

#[test]
fn lines_are_alike_if_they_run_the_same_command() {
    for (one, other) in [
        ("docker --context node-b pull x", "docker image pull x"),
        ("docker rmi x", "sudo docker image rm -f y"),
        ("git commit -m x", "git commit"),
        ("curl a", "curl b"),
    ] {
        assert!(are_alike(one, other), "{one} / {other}");
    }
    for typed in ["docker --context node-b images", "docker -c node-b image ls", "docker -H unix:///x.sock ps", ""] {
        assert!(!are_alike(typed, "docker --context node-b pull alpine"), "{typed}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_equals_itself(
        text in "\\PC{0,40}|docker (run|ps|rm|buildx|compose)( (-|--)?[a-z=-]{0,9}| '|\"){0,5}",
        other in "[a-z '\"\\\\$|=-]{0,30}",
    ) {
        proptest::prop_assert!(are_same_lines(&text, &text));
        proptest::prop_assert_eq!(are_same_lines(&text, &other), are_same_lines(&other, &text));
        let _ = (docker_commands(&text), fulfils(&text, &other), fulfils(&other, &text));
    }
}

#[test]
fn sudo_changes_the_settings_of_another_user_only_with_login_and_context() {
    for line in ["echo x | sudo docker login ghcr.io", "sudo -u root docker context use b", "sudo docker logout"] {
        assert!(changes_other_settings(line), "{line}");
    }
    for line in ["docker login ghcr.io", "sudo docker rm x", "sudo docker context ls", "sudo -E docker login x"] {
        assert!(!changes_other_settings(line), "{line}");
    }
}
