namespace AppStack.Stacks.Environments.Reading;

/// <summary>A place in a file, both from 1.</summary>
internal readonly record struct SourceMark(int Line, int Column);
