//go:build tools

// Package engine pins the Pulumi command line that the commands and tests of this repository build when nothing else is there.
package engine

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
