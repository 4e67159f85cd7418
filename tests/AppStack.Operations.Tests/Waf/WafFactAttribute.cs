using AppStack.Operations.Waf;

namespace AppStack.Operations.Tests.Waf;

/// <summary>A test of the real engine, where it is installed; <c>./appstack test</c> installs it.</summary>
public sealed class WafFactAttribute : FactAttribute
{
    public WafFactAttribute()
    {
        if (!WafEngine.IsInstalled)
        {
            Skip = $"The engine is not installed: {WafEngine.Packages}.";
        }
    }
}
