namespace AppStack.Operations.Tests.Status;

/// <summary>A test in a real browser; <c>./appstack test</c> installs Debian's Chromium.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public const string Browser = "/usr/bin/chromium";

    public BrowserFactAttribute()
    {
        if (!File.Exists(Browser))
        {
            Skip = "The package chromium is not installed; ./appstack test installs it.";
        }
    }
}
