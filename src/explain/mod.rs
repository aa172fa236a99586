//! Why a command failed, from what the engine said.
