namespace AppStack.Cli.Display;

/// <summary>One line of the diff of a resource.</summary>
/// <param name="Depth">How deep it stands, from 0.</param>
/// <param name="Sign">What it says.</param>
/// <param name="Text">The text, without sign and indentation.</param>
internal sealed record DiffLine(int Depth, DiffSign Sign, string Text);
