using AppStack.Engine.Events;

namespace AppStack.Cli.Display;

/// <summary>How a step is called before, while and after it runs, and the sign and colour that stand for it.</summary>
internal static class StepWords
{
    /// <summary>Two characters that stand for the step, as in Pulumi's displays.</summary>
    public static string Sign(StepKind kind) => kind switch
    {
        StepKind.Create or StepKind.Import => "+ ",
        StepKind.Update or StepKind.Refresh => "~ ",
        StepKind.Delete => "- ",
        StepKind.Replace => "+-",
        StepKind.CreateReplacement or StepKind.ReadReplacement or StepKind.ImportReplacement => "++",
        StepKind.DeleteReplaced or StepKind.DiscardReplaced or StepKind.RemovePendingReplace => "--",
        StepKind.Read => "> ",
        StepKind.Discard => "< ",
        _ => "  ",
    };

    /// <summary>The Spectre colour of the step.</summary>
    public static string Colour(StepKind kind) => kind switch
    {
        StepKind.Create or StepKind.CreateReplacement or StepKind.Import or StepKind.ImportReplacement => "green",
        StepKind.Update => "yellow",
        StepKind.Delete or StepKind.DeleteReplaced or StepKind.Discard or StepKind.DiscardReplaced => "red",
        StepKind.Replace => "magenta",
        StepKind.Read or StepKind.ReadReplacement or StepKind.Refresh => "aqua",
        _ => "grey",
    };

    /// <summary>What a preview says: <c>create</c>.</summary>
    public static string Planned(StepKind kind) => kind switch
    {
        StepKind.Same => "",
        StepKind.CreateReplacement => "create replacement",
        StepKind.DeleteReplaced => "delete original",
        _ => kind.Name().Replace('-', ' '),
    };

    /// <summary>What is said while it runs: <c>creating</c>.</summary>
    public static string Running(StepKind kind) => kind switch
    {
        StepKind.Same => "",
        StepKind.Create => "creating",
        StepKind.Update => "updating",
        StepKind.Delete => "deleting",
        StepKind.Replace => "replacing",
        StepKind.CreateReplacement => "creating replacement",
        StepKind.DeleteReplaced => "deleting original",
        StepKind.Read => "reading",
        StepKind.ReadReplacement => "reading replacement",
        StepKind.Refresh => "refreshing",
        StepKind.Discard or StepKind.DiscardReplaced => "discarding",
        StepKind.Import => "importing",
        StepKind.ImportReplacement => "importing replacement",
        _ => "removing",
    };

    /// <summary>What is said afterwards: <c>created</c>.</summary>
    public static string Done(StepKind kind) => kind switch
    {
        StepKind.Same => "unchanged",
        StepKind.Create => "created",
        StepKind.Update => "updated",
        StepKind.Delete => "deleted",
        StepKind.Replace => "replaced",
        StepKind.CreateReplacement => "created replacement",
        StepKind.DeleteReplaced => "deleted original",
        StepKind.Read => "read",
        StepKind.ReadReplacement => "read replacement",
        StepKind.Refresh => "refreshed",
        StepKind.Discard or StepKind.DiscardReplaced => "discarded",
        StepKind.Import => "imported",
        StepKind.ImportReplacement => "imported replacement",
        _ => "removed",
    };
}
