namespace AppStack.Lab.Tests.Platform;

/// <summary>As <c>RootFact</c>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Skip = "A lab needs root.";
        }
    }
}
