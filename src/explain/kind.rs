//! Defines the kinds of failures. Each kind has the key of its message, and a command with which the learner can check
//! the explanation.

/// Declares the kinds: `Kind => "key of its message", "command to check the explanation";`. A second key after `|` is
/// for a cause with a near name.
macro_rules! kinds {
    ($($kind:ident => $key:literal $(| $near:literal)?, $show:literal;)+) => {
        /// The kind of a failure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Kind {
            $($kind,)+
        }

        impl Kind {
            /// Returns the message's key, and the command with which the learner can check the explanation. `{arg}` in
            /// the command stands for a value. If the value is missing, no command is shown.
            pub(super) const fn plain(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$kind => ($key, $show),)+
                }
            }

            /// Returns the key of the message that names what was meant.
            pub(super) const fn near_key(self) -> Option<&'static str> {
                match self {
                    $($(Self::$kind => Some($near),)?)+
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    // The engine
    EngineDown => "explain-engine-down", "dermaga doctor";
    EngineGone => "explain-engine-gone", "docker info";
    EnginePermission => "explain-engine-permission", "id -nG";
    EngineUnreachable => "explain-engine-unreachable", "docker context ls";
    ApiTooNew => "explain-api-too-new", "docker version";
    ApiTooOld => "explain-api-too-old", "docker version";
    ContextUnknown => "explain-context-unknown", "docker context ls";
    SwarmOff => "explain-swarm-off", "docker info";
    // Registries
    ImageUnknown => "explain-image-unknown", "";
    TagUnknown => "explain-tag-unknown", "";
    RegistryDenied => "explain-registry-denied", "";
    ImagePlatform => "explain-image-platform", "docker version";
    LoginNeeded => "explain-login-needed", "";
    LoginWrong => "explain-login-wrong", "";
    PushDenied => "explain-push-denied", "docker images";
    PullLimit => "explain-pull-limit", "docker images";
    OwnRegistry => "explain-own-registry", "docker ps";
    RegistryRefused => "explain-registry-refused", "docker ps";
    PlainRegistry => "explain-plain-registry", "docker info";
    Proxy => "explain-proxy", "docker info";
    NameServer => "explain-name-server" | "explain-host-unknown-near", "";
    HostUnknown => "explain-host-unknown" | "explain-host-unknown-near", "";
    NoNetwork => "explain-no-network" | "explain-host-unknown-near", "dermaga doctor";
    Certificate => "explain-certificate", "";
    CertificateTime => "explain-certificate-time", "date";
    RegistryError => "explain-registry-error", "";
    LayerDamaged => "explain-layer-damaged", "";
    // Containers
    PortTaken => "explain-port-taken", "sudo ss -ltnp 'sport = :{port}'";
    PortPrivileged => "explain-port-privileged", "cat /proc/sys/net/ipv4/ip_unprivileged_port_start";
    PortInvalid => "explain-port-invalid", "docker run --help";
    PortEmpty => "explain-port-empty", "docker run --help";
    PortSign => "explain-port-sign", "";
    PortRange => "explain-port-range", "";
    NameTaken => "explain-name-taken", "docker ps -a";
    NameInvalid => "explain-name-invalid", "";
    NameSign => "explain-name-sign", "";
    NameBlank => "explain-name-blank", "";
    NameShort => "explain-name-short", "";
    RemoveRunning => "explain-remove-running", "docker ps";
    NotRunning => "explain-not-running", "docker ps -a";
    Paused => "explain-paused", "docker ps";
    NoContainer => "explain-no-container", "docker ps -a";
    NoFileInside => "explain-no-file-inside", "docker exec {name} ls /";
    FormatMissing => "explain-format-missing", "";
    NoObject => "explain-no-object", "docker ps -a";
    ExecMissing => "explain-exec-missing", "";
    ExecDenied => "explain-exec-denied", "";
    ExecFormat => "explain-exec-format", "docker version";
    NoCommand => "explain-no-command", "docker image inspect {image}";
    UserUnknown => "explain-user-unknown", "docker run --rm {image} cat /etc/passwd";
    MemoryLow => "explain-memory-low", "";
    SizeInvalid => "explain-size-invalid", "";
    CpuRange => "explain-cpu-range", "nproc";
    NoGpu => "explain-no-gpu", "docker info";
    RestartAndRm => "explain-restart-and-rm", "";
    RestartInvalid => "explain-restart-invalid", "";
    SignalInvalid => "explain-signal-invalid", "";
    CopyNoContainer => "explain-copy-no-container", "docker ps -a";
    Ended => "explain-ended", "docker ps -a";
    EndedAtOnce => "explain-ended-at-once", "docker logs {name}";
    FollowedStopped => "explain-followed-stopped", "docker ps -a";
    MissingInside => "explain-missing-inside", "";
    // Images, volumes, networks
    NoImage => "explain-no-image", "docker images";
    ImageInUse => "explain-image-in-use", "docker ps -a";
    ImageManyNames => "explain-image-many-names", "docker images";
    ImageHasChildren => "explain-image-has-children", "docker images -a";
    NoVolume => "explain-no-volume", "docker volume ls";
    VolumeInUse => "explain-volume-in-use", "docker ps -a --filter volume={volume}";
    VolumeNameInvalid => "explain-volume-name-invalid", "";
    RelativeSource => "explain-relative-source", "pwd";
    RelativeTarget => "explain-relative-target", "";
    BindMissing => "explain-bind-missing", "ls -ld {path}";
    MountKinds => "explain-mount-kinds", "";
    MountInvalid => "explain-mount-invalid", "";
    WorkdirRelative => "explain-workdir-relative", "";
    NoSuchNetwork => "explain-no-such-network", "docker network ls";
    NetworkInUse => "explain-network-in-use", "docker network inspect {network}";
    NetworkBuiltIn => "explain-network-built-in", "docker network ls";
    NetworkExists => "explain-network-exists", "docker network ls";
    AlreadyConnected => "explain-already-connected", "docker network inspect {network}";
    NoSpace => "explain-no-space", "docker system df";
    NoSpaceInside => "explain-no-space-inside", "docker system df";
    // The command line
    FlagBeforeCommand => "explain-flag-before-command", "";
    OwnFlagUnknown => "explain-own-flag-unknown" | "explain-own-flag-unknown-near", "docker --help";
    OwnFlagBehind => "explain-own-flag-behind", "";
    BlankMissing => "explain-blank-missing", "";
    HyphensApart => "explain-hyphens-apart", "";
    ScriptAsFile => "explain-script-as-file", "";
    Semicolon => "explain-semicolon", "";
    ListComma => "explain-list-comma", "";
    GroupMissing => "explain-group-missing", "docker --help";
    GroupSecond => "explain-group-second", "";
    GroupPlural => "explain-group-plural", "";
    GroupAlone => "explain-group-alone", "docker {verb} --help";
    CommandSecond => "explain-command-second", "";
    Torn => "explain-torn", "";
    PromptTyped => "explain-prompt-typed", "";
    TwoCommands => "explain-two-commands", "";
    PromptInside => "explain-prompt-inside", "";
    CurlFailed => "explain-curl-refused", "docker ps";
    NoTty => "explain-no-tty", "";
    CommandUnknown => "explain-command-unknown" | "explain-command-unknown-near", "docker --help";
    CommandVersion => "explain-command-unknown-version", "docker --help";
    CommandProgram => "explain-command-program", "docker ps";
    ComposeMissing => "explain-compose-missing", "docker info";
    ComposeFile => "explain-compose-file", "ls";
    FlagUnknown => "explain-flag-unknown" | "explain-flag-unknown-near", "docker {verb} --help";
    FlagVersion => "explain-flag-unknown-version" | "explain-flag-unknown-version-near", "docker {verb} --help";
    LetterUnknown => "explain-letter-unknown" | "explain-letter-unknown-near", "docker {verb} --help";
    LettersTwoHyphens => "explain-letters-two-hyphens", "docker {verb} --help";
    LetterCase => "explain-letter-case", "";
    FlagNeedsValue => "explain-flag-needs-value", "docker {verb} --help";
    FlagValue => "explain-flag-value", "docker {verb} --help";
    FlagSwitch => "explain-flag-switch", "";
    FlagComma => "explain-flag-comma", "";
    ValueForgotten => "explain-value-forgotten", "";
    FilterForm => "explain-filter-form", "";
    FilterUnknown => "explain-filter-unknown", "";
    TooFew => "explain-too-few", "docker {verb} --help";
    VariableQuoted => "explain-variable-quoted", "";
    VariableEmpty => "explain-variable-empty", "";
    TooMany => "explain-too-many" | "explain-too-many-option", "docker {verb} --help";
    Reference => "explain-reference", "";
    ReferenceVariable => "explain-reference-variable", "";
    ReferenceContent => "explain-reference-content", "";
    ReferenceCapital => "explain-reference-capital", "";
    ReferenceSpace => "explain-reference-space", "";
    ReferenceScheme => "explain-reference-scheme", "";
    ReferenceColon => "explain-reference-colon", "";
    ReferenceDigest => "explain-reference-digest", "";
    ReferenceComma => "explain-reference-comma", "";
    FileMissing => "explain-file-missing", "ls";
    ArchiveForeign => "explain-archive-foreign", "";
    DockerMissing => "explain-docker-missing", "dermaga doctor";
    DockerInside => "explain-docker-inside", "";
    ProgramUnknown => "explain-program-unknown", "";
    ProgramCapital => "explain-program-capital", "";
    ProgramNone => "explain-program-none", "";
    ProgramOption => "explain-program-option", "";
    ProgramControl => "explain-program-control", "";
    ProgramNumber => "explain-program-number", "";
    SudoMissing => "explain-sudo-missing", "";
    ShellSyntax => "explain-shell-syntax", "";
    ShellEnd => "explain-shell-end", "";
    ShellQuote => "explain-shell-quote", "";
    ShellRedirect => "explain-shell-redirect", "";
    ShellLogout => "explain-shell-logout", "";
    TemplateUnquoted => "explain-template-unquoted", "";
    TemplateBraces => "explain-template-braces", "";
    TemplateDot => "explain-template-dot", "";
    TemplateField => "explain-template-field" | "explain-template-field-near", "";
    AssignedCommand => "explain-assigned-command", "";
    AssignedDollar => "explain-assigned-dollar", "";
    TypedQuote => "explain-typed-quote", "";
    TypedDash => "explain-typed-dash", "";
    TypedSpace => "explain-typed-space", "";
    // Building
    InstructionUnknown => "explain-instruction-unknown" | "explain-instruction-unknown-near", "cat -n Dockerfile";
    DockerfileWrong => "explain-dockerfile-wrong", "cat -n Dockerfile";
    DockerfileMissing => "explain-dockerfile-missing", "ls -a";
    DockerfileEmpty => "explain-dockerfile-empty", "ls -l";
    FromMissing => "explain-from-missing", "cat -n Dockerfile";
    ContextMissing => "explain-context-missing", "ls";
    CopyMissing => "explain-copy-missing", "ls -a";
    CopyOutside => "explain-copy-outside", "cat -n Dockerfile";
    StepFailed => "explain-step-failed", "cat -n Dockerfile";
    BuildxMissing => "explain-buildx-missing", "docker info";
}
