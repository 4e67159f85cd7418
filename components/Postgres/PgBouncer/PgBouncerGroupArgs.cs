using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>Arguments of a <see cref="PgBouncerGroup"/>.</summary>
public sealed class PgBouncerGroupArgs : ResourceArgs
{
    /// <summary>The group. It is known when the program runs, so that every problem of it shows in a preview.</summary>
    public required PgBouncerGroupSpec Spec { get; set; }

    /// <summary>The machines by the names that the specification gives them.</summary>
    public required IReadOnlyDictionary<string, BareMetalNode> Nodes { get; set; }

    /// <summary>Keys and passwords by the names of the machines; secret.</summary>
    public required IReadOnlyDictionary<string, Output<PgBouncerSecrets>> Secrets { get; set; }
}
