using System.Collections.Immutable;

namespace AppStack.Operations.Waf;

/// <summary>A test: requests one after another.</summary>
/// <param name="File">The file, as messages name it.</param>
/// <param name="Title">Its title, <c>942100-1</c>.</param>
/// <param name="Stages">The requests.</param>
public sealed record WafTest(string File, string Title, ImmutableArray<WafStage> Stages);
