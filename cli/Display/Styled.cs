namespace AppStack.Cli.Display;

/// <summary>A line of text with the colour it has on a terminal.</summary>
/// <param name="Text">The text.</param>
/// <param name="Colour">The name of a Spectre colour; empty for the terminal's own.</param>
internal readonly record struct Styled(string Text, string Colour = "");
