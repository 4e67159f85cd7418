namespace AppStack.Components.Tests.Registry;

/// <summary>A test that asks the real registry behind a real nginx; <c>./appstack test</c> installs them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RegistryFactAttribute : FactAttribute
{
    public RegistryFactAttribute()
    {
        if (!RunningRegistry.IsInstalled)
        {
            Skip = "The packages docker-registry and nginx are not installed; ./appstack test installs them.";
        }
    }
}
