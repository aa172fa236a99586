//! Plans the actions for a lesson on an engine, in order. Chooses variants and skips fences that need a missing
//! ability.

use super::{Attrs, Block, EngineFamily, Lesson, Step};

/// The facts about the engine and the machine that a plan depends on.
#[derive(Debug, Clone)]
pub struct Conditions {
    /// The docker CLI's major version, e.g. 20.
    pub cli_major: u32,
    /// The engine's kind.
    pub family: EngineFamily,
    /// Available abilities: `compose`, `buildkit`, `private`, `two-engines` …
    pub abilities: Vec<String>,
}

/// The actions for a lesson.
#[derive(Debug, Clone)]
pub struct Plan {
    /// A missing ability that the whole lesson needs; `None` if no such ability is missing.
    pub missing: Option<String>,
    /// The steps of the lesson, in order.
    pub steps: Vec<PlannedStep>,
}

/// The actions for a step. Indices refer to the lesson's steps, a step's blocks and a transcript's commands.
#[derive(Debug, Clone)]
pub struct PlannedStep {
    /// The index of the step.
    pub step: usize,
    /// The actions in order. The actions of hidden fences come first.
    pub actions: Vec<Action>,
    /// The index of an action. Before this action, the runner evaluates the checks once, to see whether the checks can
    /// fail.
    pub look_first: usize,
    /// The indices of skipped fences, each with the reason.
    pub skipped: Vec<(usize, Skip)>,
}

/// The reason why a fence is skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skip {
    /// An ability is missing.
    Needs(String),
    /// No variant in the group of the fence matches the engine.
    NoVariant,
    /// The lesson has no fence that runs.
    Nothing,
    /// The fence contains a mistake, or stands below a mistake in the source.
    AfterMistake,
}

/// An action of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Write a file.
    Write {
        /// The index of the block.
        block: usize,
    },
    /// Run a command.
    Run {
        /// The index of the block.
        block: usize,
        /// The index of the command in the block.
        command: usize,
    },
    /// Evaluate a claim.
    Judge {
        /// The index of the block.
        block: usize,
    },
}

/// Makes the plan of `lesson` under `conditions`.
#[must_use]
pub fn plan(lesson: &Lesson, conditions: &Conditions) -> Plan {
    let missing = lesson.front.needs.iter().map(|need| &need.value).find(|need| !has(conditions, need)).cloned();
    let steps = lesson.steps.iter().enumerate().map(|(index, step)| plan_step(index, step, conditions)).collect();
    Plan { missing, steps }
}

impl Plan {
    /// Skips every fence of `lesson` that ends after `mistake`, the position of a mistake in the source.
    pub fn stop_before(&mut self, lesson: &Lesson, mistake: usize) {
        for planned in &mut self.steps {
            let blocks = &lesson.steps[planned.step].blocks;
            let is_after = |block: usize| blocks[block].span().end > mistake;
            let mut after: Vec<usize> =
                planned.actions.iter().map(Action::block).filter(|&block| is_after(block)).collect();
            after.dedup();
            planned.actions.retain(|action| !is_after(action.block()));
            planned.look_first = planned.look_first.min(planned.actions.len());
            planned.skipped.extend(after.into_iter().map(|block| (block, Skip::AfterMistake)));
        }
    }
}

impl Action {
    const fn block(&self) -> usize {
        match *self {
            Self::Write { block } | Self::Run { block, .. } | Self::Judge { block } => block,
        }
    }
}

/// Returns the reason why an engine with these abilities can run no fence of `lesson`. Returns `None` if the engine can
/// run at least one fence.
#[must_use]
pub fn nothing_to_run(lesson: &Lesson, abilities: &[String]) -> Option<Skip> {
    let missing = |needs: &[String]| needs.iter().find(|need| !abilities.contains(need)).cloned();
    let whole: Vec<String> = lesson.front.needs.iter().map(|need| need.value.clone()).collect();
    if let Some(need) = missing(&whole) {
        return Some(Skip::Needs(need));
    }
    let blocks = lesson.steps.iter().flat_map(|step| &step.blocks);
    let runnable: Vec<&Attrs> = blocks.filter_map(Block::attrs).filter(|attrs| !attrs.blank).collect();
    let first = runnable.first().map(|attrs| missing(&attrs.needs));
    match first {
        None => Some(Skip::Nothing),
        Some(need) if runnable.iter().all(|attrs| missing(&attrs.needs).is_some()) => need.map(Skip::Needs),
        Some(_) => None,
    }
}

/// Returns the abilities that a lesson or its fences need.
#[must_use]
pub fn needs(lesson: &Lesson) -> Vec<&str> {
    let blocks = lesson.steps.iter().flat_map(|step| &step.blocks);
    let fences = blocks.filter_map(Block::attrs).flat_map(|attrs| &attrs.needs);
    lesson.front.needs.iter().map(|need| &need.value).chain(fences).map(String::as_str).collect()
}

fn has(conditions: &Conditions, need: &str) -> bool {
    conditions.abilities.iter().any(|ability| ability == need)
}

/// Whether the attributes `since`, `until` and `engine` of a fence match `conditions`.
#[must_use]
pub fn fits(attrs: &Attrs, conditions: &Conditions) -> bool {
    attrs.since.is_none_or(|since| conditions.cli_major >= since)
        && attrs.until.is_none_or(|until| conditions.cli_major <= until)
        && attrs.engine.is_none_or(|engine| engine == conditions.family)
}

fn plan_step(index: usize, step: &Step, conditions: &Conditions) -> PlannedStep {
    let mut setup = Vec::new();
    let mut rest = Vec::new();
    let mut skipped = Vec::new();
    for (block_index, block) in step.blocks.iter().enumerate() {
        let Some(attrs) = block.attrs() else { continue };
        if attrs.blank {
            continue;
        }
        if !fits(attrs, conditions) {
            if !another_variant_fits(step, block, conditions) {
                skipped.push((block_index, Skip::NoVariant));
            }
            continue;
        }
        if let Some(need) = attrs.needs.iter().find(|need| !has(conditions, need)) {
            skipped.push((block_index, Skip::Needs(need.clone())));
            continue;
        }
        let list = if attrs.hidden { &mut setup } else { &mut rest };
        match block {
            Block::Transcript(transcript) => {
                list.extend((0..transcript.commands.len()).map(|command| Action::Run { block: block_index, command }));
            }
            Block::File(_) => list.push(Action::Write { block: block_index }),
            Block::Check(_) => rest.push(Action::Judge { block: block_index }),
            Block::Prose(_) | Block::Quiz(_) => {}
        }
    }
    let files_first = rest.iter().take_while(|action| matches!(action, Action::Write { .. })).count();
    let look_first = setup.len() + files_first;
    setup.extend(rest);
    PlannedStep { step: index, actions: setup, look_first, skipped }
}

/// Whether another variant in the group of `block` matches the engine.
fn another_variant_fits(step: &Step, block: &Block, conditions: &Conditions) -> bool {
    let Block::Transcript(one) = block else { return false };
    one.variant_group.is_some()
        && step.blocks.iter().any(|other| match other {
            Block::Transcript(other) => {
                other.variant_group == one.variant_group && other.span != one.span && fits(&other.attrs, conditions)
            }
            _ => false,
        })
}
